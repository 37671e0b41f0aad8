using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Engine.Debugging;

/// <summary>
/// The memory whose accesses stop vCPUs. While there is any, instructions run one by one, with a call before each access. Reading needs no lock; the debugger's thread
/// changes it while they stand still.
/// </summary>
public sealed unsafe class WatchpointSet
{
    private const int KindShift = 8;
    private static readonly int Helper = IrHelpers.Register("debugger.access", &NoteAccess);
    private volatile Watchpoint[] _all = [];

    /// <summary>True without any.</summary>
    public bool IsEmpty => _all.Length == 0;

    internal bool Add(in Watchpoint watchpoint)
    {
        _all = [.. _all, watchpoint];
        return _all.Length == 1;
    }

    internal bool Remove(Watchpoint watchpoint)
    {
        var index = Array.IndexOf(_all, watchpoint);
        if (index < 0)
            return false;
        _all = [.. _all[..index], .. _all[(index + 1)..]];
        return true;
    }

    internal void Clear() => _all = [];

    /// <summary>Copies a block; each access of its tells of itself first.</summary>
    internal static void Rewrite(IrBlock source, IrBuilder target)
    {
        target.Block.ResetFrom(source);
        foreach (ref readonly var insn in source.Insns)
        {
            if (insn.Op == IrOp.StoreConditional)
            {
                RewriteConditional(insn, target);
                continue;
            }

            if (insn.Op.HasAny(IrProperties.Reads | IrProperties.Writes))
                Tell(insn, target);
            target.Block.Append(insn.Op) = insn;
        }
    }

    private static void Tell(in IrInsn insn, IrBuilder target)
    {
        var isPair = insn.Op == IrOp.AtomicCompareSwapPair;
        var kinds = (insn.Op.HasAny(IrProperties.Reads) ? WatchKinds.Read : 0) | (insn.Op.HasAny(IrProperties.Writes) ? WatchKinds.Write : 0);
        var address = isPair || insn.Imm == 0 ? insn.A : target.Add(insn.A, target.Constant(insn.Imm));
        target.CallHelper(address, target.Constant(Word(isPair ? 16 : insn.Size, kinds)), Helper);
    }

    /// <summary>A failed store-conditional is no access: the length is 0 then.</summary>
    private static void RewriteConditional(in IrInsn insn, IrBuilder target)
    {
        var address = target.Mov(insn.A);
        var result = insn.Dst.IsNone ? target.Block.NewTemp() : insn.Dst;
        ref var copy = ref target.Block.Append(insn.Op);
        copy = insn;
        copy.Dst = result;
        target.CallHelper(address, target.Select(result, target.Constant(0UL), target.Constant(Word(insn.Size, WatchKinds.Write))), Helper);
    }

    private static ulong Word(int size, WatchKinds kinds) => (uint)size | ((ulong)kinds << KindShift);

    /// <summary>On a vCPU's thread in translated code: an access is about to be made.</summary>
    private static ulong NoteAccess(void* state, ulong address, ulong word)
    {
        if (VCpuContext.Current is { Debug: { Hit: null } debug } vcpu)
            debug.Hit = vcpu.Machine.Debugger?.Watchpoints.Find(address, word & ((1 << KindShift) - 1), (WatchKinds)(word >> KindShift));
        return 0;
    }

    private Watchpoint? Find(ulong address, ulong length, WatchKinds kinds)
    {
        foreach (var watchpoint in _all)
            if ((watchpoint.Kinds & kinds) != 0 && address < watchpoint.Address + watchpoint.Length && watchpoint.Address < address + length)
                return watchpoint;
        return null;
    }
}
