using Emu.Backend.X64.Assembly;

namespace Emu.Backend.X64.Code;

/// <summary>
/// The memory of one machine's translated code: shared memory in two views, of which one is written and the other executed. The stubs lie at its start, then
/// the hot code densely, and in the second part what runs rarely. Not thread-safe but for the conversions: the code cache's lock guards it.
/// </summary>
internal sealed unsafe class CodeMemory : IDisposable
{
    private const long PageSize = 4096;
    private const long StubBytes = 16 << 10;
    private const long ColdStart = FaultHandler.SlotSize * 3 / 8;

    /// <summary>Kept free at the end of each part: what a block needs at most is asked for.</summary>
    private const long Reserve = 4096;

    /// <summary>Bytes of code that a child is given a copy of; with more it begins anew, as most children use little of it.</summary>
    private const long MaxCopied = 16 << 20;

    private byte* _writable;
    private byte* _childs;
    private bool _isCopied;

    /// <summary>Maps the memory and writes the stubs.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The host gives no executable memory.</exception>
    public CodeMemory(RegisterMap map, int savedTemps)
    {
        Executable = FaultHandler.TakeSlot();
        try
        {
            _writable = HostCode.MapShared(FaultHandler.SlotSize);
            HostCode.ViewAsCode(_writable, Executable, FaultHandler.SlotSize);
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
        Hot.At + hot + Reserve < _writable + ColdStart && Cold.At + cold + Reserve < _writable + FaultHandler.SlotSize;

    /// <summary>Forgets all code but the stubs.</summary>
    public void Clear()
    {
        Hot.At = _writable + StubBytes;
        Cold.At = _writable + ColdStart;
    }

    /// <summary>
    /// Before the process is forked: sets memory aside that only the child will use, since it shares this one with its parent, whose code must not change under it. A copy of the
    /// code is in it, unless that is too long.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The host has no addresses left.</exception>
    public void PrepareFork()
    {
        _childs = HostCode.MapShared(FaultHandler.SlotSize);
        _isCopied = Hot.At - _writable + (Cold.At - (_writable + ColdStart)) <= MaxCopied;
        CopyToChild(0, _isCopied ? Hot.At - _writable : StubBytes);
        if (_isCopied)
            CopyToChild(ColdStart, Cold.At - _writable - ColdStart);
    }

    /// <summary>In the parent, after it has forked or could not.</summary>
    public void EndFork()
    {
        HostCode.Unmap(_childs, FaultHandler.SlotSize);
        _childs = null;
    }

    /// <summary>In the child: takes what was set aside, at the same addresses. False if nothing but the stubs is in it.</summary>
    public bool PartFromParent()
    {
        HostCode.Move(_childs, _writable, FaultHandler.SlotSize);
        HostCode.ViewAsCode(_writable, Executable, FaultHandler.SlotSize);
        _childs = null;
        return _isCopied;
    }

    private void CopyToChild(long start, long length)
    {
        HostCode.Populate(_childs + start, length + PageSize - 1 & -PageSize);
        Buffer.MemoryCopy(_writable + start, _childs + start, length, length);
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
