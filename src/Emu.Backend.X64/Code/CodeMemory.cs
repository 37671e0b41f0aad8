using Emu.Backend.X64.Assembly;

namespace Emu.Backend.X64.Code;

/// <summary>
/// The memory of one machine's translated code: one memory file in two views, of which one is written and the other executed. The stubs lie at its start, then
/// the hot code densely, and in the second part what runs rarely. Not thread-safe but for the conversions: the code cache's lock guards it.
/// </summary>
internal sealed unsafe class CodeMemory : IDisposable
{
    private const long StubBytes = 16 << 10;
    private const long ColdStart = FaultHandler.SlotSize * 3 / 8;

    /// <summary>Kept free at the end of each part: what a block needs at most is asked for.</summary>
    private const long Reserve = 4096;

    private readonly int _savedTemps;
    private byte* _writable;

    /// <summary>Maps the memory and writes the stubs.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The host gives no executable memory.</exception>
    public CodeMemory(RegisterMap map, int savedTemps)
    {
        Executable = FaultHandler.TakeSlot();
        try
        {
            _writable = HostCode.MapTwice(Executable, null, FaultHandler.SlotSize);
        }
        catch
        {
            FaultHandler.ReturnSlot(Executable);
            throw;
        }

        _savedTemps = savedTemps;
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
        Hot.At + hot + Reserve < _writable + ColdStart && Cold.At + cold + Reserve < _writable + FaultHandler.SlotSize;

    /// <summary>Forgets all code but the stubs.</summary>
    public void Clear()
    {
        Hot.At = _writable + StubBytes;
        Cold.At = _writable + ColdStart;
    }

    /// <summary>The same memory as a new file: a forked process shares the old one with its parent, whose code must not change under it.</summary>
    public void Renew(RegisterMap map)
    {
        HostCode.MapTwice(Executable, _writable, FaultHandler.SlotSize);
        _ = new Stubs(map, new Asm { At = _writable }, _savedTemps);
        Clear();
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
        HostCode.Unmap(_writable, FaultHandler.SlotSize);
        HostCode.Release(Executable, FaultHandler.SlotSize);
        FaultHandler.ReturnSlot(Executable);
        _writable = null;
    }
}
