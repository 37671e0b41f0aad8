using System.Runtime.InteropServices;

namespace Emu.Plugins;

/// <summary>
/// Memory with one entry for each vCPU, so that counting needs neither lock nor atomic operation. This is the part that does not depend on the
/// entry's type; plugins use <see cref="Scoreboard{T}"/>.
/// </summary>
/// <remarks>
/// Entries lie in native memory, each on cache lines of its own. When more vCPUs start than there is room for, the engine stops all vCPUs, moves the
/// entries and discards the code that knows their addresses. When a vCPU's index is used again, what the old entry had counted is kept for sums and the entry starts at zero.
/// </remarks>
public abstract unsafe class Scoreboard : IDisposable
{
    private protected const int Line = 64;

    private readonly Lock _gate = new();
    private readonly ulong[] _retired;

    // Where entries lay before they moved. Threads of the plugin's own are not stopped when they move, so the memory stays until the end; it is no more than what is in use.
    private readonly List<nint> _moved = [];

    /// <summary>The first vCPU's entry; null before the engine gave memory and after disposal.</summary>
    private protected byte* Entries;

    private int _capacity;
    private bool _disposed;

    private protected Scoreboard(int entrySize)
    {
        EntrySize = entrySize;
        Stride = (entrySize + Line - 1) / Line * Line;
        _retired = new ulong[entrySize / sizeof(ulong)];
    }

    /// <summary>Bytes from one vCPU's entry to the next one's: a multiple of 64.</summary>
    public int Stride { get; }

    /// <summary>How many vCPUs have an entry now.</summary>
    public int Capacity => _capacity;

    /// <summary>Length of an entry in bytes.</summary>
    internal int EntrySize { get; }

    /// <summary>True once the board has given its memory back.</summary>
    internal bool IsDisposed => _disposed;

    /// <summary>Host address of the first vCPU's entry.</summary>
    internal nint Base => (nint)Entries;

    /// <summary>
    /// Ends the scoreboard. The memory itself is given back by the engine when no translated code can refer to it any more. Sums that were not
    /// read are lost.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes room for at least that many entries; new ones are zero. All vCPUs must be stopped if there is room for any already.</summary>
    internal void Grow(int capacity)
    {
        lock (_gate)
        {
            if (capacity <= _capacity)
                return;
            var bytes = (nuint)capacity * (nuint)Stride;
            var entries = (byte*)NativeMemory.AlignedAlloc(bytes, Line);
            NativeMemory.Clear(entries, bytes);
            if (Entries != null)
            {
                NativeMemory.Copy(Entries, entries, (nuint)_capacity * (nuint)Stride);
                _moved.Add((nint)Entries);
            }

            Entries = entries;
            _capacity = capacity;
        }
    }

    /// <summary>Adds what an entry holds to the kept sums and zeroes it, before its index is used again.</summary>
    internal void Retire(int vcpu)
    {
        lock (_gate)
        {
            if (vcpu >= _capacity)
                return;
            var words = new Span<ulong>(Entries + (nint)vcpu * Stride, _retired.Length);
            for (var i = 0; i < words.Length; i++)
                _retired[i] += words[i];
            new Span<byte>(Entries + (nint)vcpu * Stride, Stride).Clear();
        }
    }

    /// <summary>Gives the memory back; nothing may refer to it any more.</summary>
    internal void Free()
    {
        lock (_gate)
        {
            _disposed = true;
            NativeMemory.AlignedFree(Entries);
            foreach (var moved in _moved)
                NativeMemory.AlignedFree((void*)moved);
            _moved.Clear();
            Entries = null;
            _capacity = 0;
        }
    }

    /// <summary>The 64-bit word at a byte offset of a vCPU's entry. It may move when a vCPU starts: do not hold it beyond a callback.</summary>
    internal ref ulong Word(int vcpu, int offset)
    {
        Check(vcpu);
        return ref *(ulong*)(Entries + (nint)vcpu * Stride + offset);
    }

    /// <summary>The sum of the words at a byte offset over all vCPUs that ever started, modulo 2^64.</summary>
    internal ulong Sum(int offset)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(Entries == null, this);
            var sum = _retired[offset / sizeof(ulong)];
            for (var vcpu = 0; vcpu < _capacity; vcpu++)
                sum += Volatile.Read(ref *(ulong*)(Entries + (nint)vcpu * Stride + offset));
            return sum;
        }
    }

    private protected void Check(int vcpu)
    {
        if ((uint)vcpu >= (uint)_capacity)
            Refuse(vcpu);
    }

    private void Refuse(int vcpu)
    {
        ObjectDisposedException.ThrowIf(Entries == null, this);
        throw new ArgumentOutOfRangeException(nameof(vcpu), vcpu, "no vCPU has had this index");
    }
}
