using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Engine.Checking;

/// <summary>
/// What a block stores to guest memory, so that it can be taken back. The block's IR is copied with a call before each store, which keeps what lies there. One thread at a time uses it.
/// </summary>
internal sealed unsafe class StoreJournal(GuestMemory memory)
{
    private static readonly int Helper = IrHelpers.Register("check.store", &NoteStore);

    /// <summary>That of the block that this thread runs.</summary>
    [ThreadStatic]
    private static StoreJournal? t_current;

    private readonly List<(ulong Address, byte Before, byte After)> _bytes = [];
    private readonly IrBuilder _builder = new(new IrBlock());

    /// <summary>A store went to memory that other processes or devices see: it must not be taken back.</summary>
    public bool IsSeenByOthers { get; private set; }

    /// <summary>Copies a block; each store of its tells of itself first. Good until the next call.</summary>
    public IrBlock Rewrite(IrBlock source)
    {
        var target = _builder.Block;
        target.ResetFrom(source);
        foreach (ref readonly var insn in source.Insns)
        {
            if (insn.Op.Has(IrProperties.Writes))
                Tell(insn);
            target.Append(insn.Op) = insn;
        }

        return target;
    }

    /// <summary>From now on this thread's stores are noted here.</summary>
    public void Begin()
    {
        _bytes.Clear();
        IsSeenByOthers = false;
        t_current = this;
    }

    /// <summary>Notes what was stored, and nothing from now on.</summary>
    public void End()
    {
        t_current = null;
        foreach (ref var stored in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes))
            stored.After = *memory.HostAddress(stored.Address);
    }

    /// <summary>Puts back what lay there before.</summary>
    public void TakeBack()
    {
        for (var i = _bytes.Count - 1; i >= 0; i--)
            *memory.HostAddress(_bytes[i].Address) = _bytes[i].Before;
    }

    /// <summary>The first noted byte that is not as it was stored, or null.</summary>
    public (ulong Address, byte Stored, byte Found)? FirstDifference()
    {
        foreach (var (address, _, after) in _bytes)
            if (*memory.HostAddress(address) is var found && found != after)
                return (address, after, found);
        return null;
    }

    private void Tell(in IrInsn insn)
    {
        var isPair = insn.Op == IrOp.AtomicCompareSwapPair;
        var address = isPair || insn.Imm == 0 ? insn.A : _builder.Add(insn.A, _builder.Constant(insn.Imm));
        _builder.CallHelper(address, _builder.Constant(isPair ? 16UL : insn.Size), Helper);
    }

    private static ulong NoteStore(void* state, ulong address, ulong length)
    {
        t_current?.Note(address, length);
        return 0;
    }

    /// <summary>What may not be stored to faults and changes nothing.</summary>
    private void Note(ulong address, ulong length)
    {
        for (var at = address; at != address + length; at++)
            if (memory.Allows(at, 1, PagePermissions.Write) || memory.TryReach(at, PagePermissions.Write))
                NoteByte(at);
    }

    private void NoteByte(ulong address)
    {
        IsSeenByOthers |= !memory.TryFindMapping(address, out var mapping) || mapping.IsShared;
        _bytes.Add((address, *memory.HostAddress(address), 0));
    }
}
