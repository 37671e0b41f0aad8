using Emu.Backend.X64.Assembly;

namespace Emu.Backend.X64.Code;

/// <summary>
/// The memory of one machine's translated code: shared memory in two views, of which one is written and the other executed. The stubs lie at its start, then
/// the hot code densely, and in the second part what runs rarely. Not thread-safe but for the conversions: the code cache's lock guards it.
/// </summary>
internal sealed unsafe class CodeMemory : IDisposable
{
    private const long StubBytes = 16 << 10;

    /// <summary>Kept free at the end of each part: what a block needs at most is asked for.</summary>
    private const long Reserve = 4096;

    /// <summary>Bytes of code that a child is given a copy of; with more it begins anew, as most children use little of it.</summary>
    private const long MaxCopied = 16 << 20;

    private readonly long _size;
    private readonly long _coldStart;
    private byte* _writable;
    private int _childs = -1;

    /// <summary>Maps the memory and writes the stubs.</summary>
    /// <param name="map">Where guest registers are.</param>
    /// <param name="savedTemps">State offset of the words for temporaries.</param>
    /// <param name="size">Bytes, whole pages, <see cref="FaultHandler.SlotSize"/> at most.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The host gives no executable memory.</exception>
    public CodeMemory(RegisterMap map, int savedTemps, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, FaultHandler.SlotSize);
        (_size, _coldStart) = (size, size / 8 * 3);
        Executable = FaultHandler.TakeSlot();
        try
        {
            _writable = HostCode.MapShared(_size);
            HostCode.ViewAsCode(_writable, Executable, _size);
        }
        catch
        {
            FaultHandler.ReturnSlot(Executable);
            throw;
        }

        Stubs = new Stubs(map, new Asm { At = _writable }, savedTemps);
        if (Stubs.End - _writable > StubBytes)
            throw new InvalidOperationException($"the stubs take {Stubs.End - _writable} bytes");
        Clear();
    }

    /// <summary>Where the code is executed.</summary>
    public byte* Executable { get; }

    /// <summary>The fixed code.</summary>
    public Stubs Stubs { get; }

    /// <summary>Writes the code that runs usually.</summary>
    public Asm Hot { get; } = new();

    /// <summary>Writes the code that runs rarely.</summary>
    public Asm Cold { get; } = new();

    /// <summary>True if both parts have that many bytes left.</summary>
    public bool HasRoom(long hot, long cold) =>
        Hot.At + hot + Reserve < _writable + _coldStart && Cold.At + cold + Reserve < _writable + _size;

    /// <summary>Forgets all code but the stubs.</summary>
    public void Clear()
    {
        Hot.At = _writable + StubBytes;
        Cold.At = _writable + _coldStart;
    }

    /// <summary>
    /// Before the process is forked: copies the code to a file that will be the child's memory, since it shares this one with its parent, whose code must not change under it.
    /// Not if there is too much, or no descriptor left.
    /// </summary>
    public void PrepareFork()
    {
        var (hot, cold) = (Hot.At - _writable, Cold.At - (_writable + _coldStart));
        _childs = hot + cold <= MaxCopied ? HostCode.NewFile(_size) : -1;
        if (_childs >= 0 && !(HostCode.TryCopy(_writable, _childs, 0, hot) && HostCode.TryCopy(_writable, _childs, _coldStart, cold)))
            EndFork();
    }

    /// <summary>In the parent, after it has forked or could not, and before anybody else can meet with the descriptor.</summary>
    public void EndFork()
    {
        if (_childs >= 0)
            HostCode.Close(_childs);
        _childs = -1;
    }

    /// <summary>In the child: takes its own memory, at the same addresses. False if nothing but the stubs is in it.</summary>
    public bool PartFromParent()
    {
        if (_childs < 0)
        {
            BeginAnew();
            return false;
        }

        HostCode.MapFile(_childs, _writable, Executable, _size);
        EndFork();
        return true;
    }

    private void BeginAnew()
    {
        var stubs = new ReadOnlySpan<byte>(_writable, (int)StubBytes).ToArray();
        HostCode.Move(HostCode.MapShared(_size), _writable, _size);
        HostCode.ViewAsCode(_writable, Executable, _size);
        stubs.CopyTo(new Span<byte>(_writable, stubs.Length));
    }

    /// <summary>Where a place is executed.</summary>
    public byte* ToExecutable(byte* writable) => writable - _writable + Executable;

    /// <summary>Where a place is written.</summary>
    public byte* ToWritable(byte* executable) => executable - Executable + _writable;

    /// <summary>Gives the memory back. No vCPU may run in it any more.</summary>
    public void Dispose()
    {
        if (_writable is null)
            return;
        HostCode.Unmap(_writable, _size);
        HostCode.Release(Executable, _size);
        FaultHandler.ReturnSlot(Executable);
        _writable = null;
    }
}
