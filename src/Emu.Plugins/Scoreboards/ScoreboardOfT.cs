using System.Runtime.CompilerServices;

namespace Emu.Plugins;

/// <summary>
/// One zeroed <typeparamref name="T"/> for each vCPU, made by <see cref="Host.NewScoreboard{T}"/>. A callback counts in its own vCPU's entry without any
/// synchronisation; whoever reads other vCPUs' entries meanwhile sees values that may be a little old.
/// </summary>
/// <typeparam name="T">A struct without references.</typeparam>
public sealed unsafe class Scoreboard<T> : Scoreboard
    where T : unmanaged
{
    internal Scoreboard()
        : base(sizeof(T))
    {
    }

    /// <summary>The entry of the vCPU that a callback comes from: the fastest way, one multiplication and no check. Do not hold the reference beyond the callback.</summary>
    public ref T this[in VCpu vcpu]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref *(T*)(Entries + (nint)vcpu.Index * ((sizeof(T) + Line - 1) / Line * Line));
    }

    /// <summary>The entry of the vCPU with that index. Do not hold the reference: entries move when vCPUs start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No vCPU has had this index.</exception>
    /// <exception cref="ObjectDisposedException">The scoreboard's memory was given back.</exception>
    public ref T this[int vcpu]
    {
        get
        {
            Check(vcpu);
            return ref *(T*)(Entries + (nint)vcpu * Stride);
        }
    }

    /// <summary>The first 64-bit counter of <typeparamref name="T"/>, or its only one.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><typeparamref name="T"/> is too short.</exception>
    public ScoreboardEntry Entry() => Entry(0);

    /// <summary>The 64-bit counter with that number in <typeparamref name="T"/>, for inline operations, conditions and sums. It stays valid when entries move.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><typeparamref name="T"/> is too short.</exception>
    public ScoreboardEntry Entry(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, sizeof(T) / sizeof(ulong));
        return new(this, number * sizeof(ulong));
    }

    /// <summary>A 64-bit field of <typeparamref name="T"/>: <c>board.Entry(static (ref Counts c) => ref c.Blocks)</c>. It stays valid when entries move.</summary>
    /// <exception cref="ArgumentException">The selector gives something that is no 8-byte aligned field of its argument.</exception>
    public ScoreboardEntry Entry(EntrySelector<T> selector)
    {
        T probe = default;
        var offset = Unsafe.ByteOffset(ref Unsafe.As<T, ulong>(ref probe), ref selector(ref probe));
        if (offset < 0 || offset > sizeof(T) - sizeof(ulong) || offset % sizeof(ulong) != 0)
            throw new ArgumentException("the selector must give an 8-byte aligned field of its argument", nameof(selector));
        return new(this, (int)offset);
    }
}

/// <summary>Chooses a 64-bit counter of a scoreboard's entry.</summary>
/// <typeparam name="T">The entry's type.</typeparam>
public delegate ref ulong EntrySelector<T>(ref T entry)
    where T : unmanaged;
