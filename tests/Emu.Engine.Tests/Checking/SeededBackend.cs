using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Engine.Tests.Checking;

/// <summary>A backend with a fault: it emits one op as another one.</summary>
/// <param name="inner">What emits and runs.</param>
/// <param name="right">The op that the block has.</param>
/// <param name="wrong">The op that is emitted.</param>
/// <param name="onlyTraces">Blocks that are no traces are emitted as they are.</param>
internal sealed unsafe class SeededBackend(IBackend inner, IrOp right, IrOp wrong, bool onlyTraces = false) : IBackend, IDisposable
{
    public string Name => inner.Name;

    public int MaxLoweredOps => inner.MaxLoweredOps;

    public bool PrefersChoices => inner.PrefersChoices;

    public bool WantsTraces => inner.WantsTraces;

    public int MaxCodeSize(IrBlock ir) => inner.MaxCodeSize(ir);

    public bool HasRoom(IrBlock ir) => inner.HasRoom(ir);

    public int Emit(IrBlock ir, TranslatedBlock* block)
    {
        if (onlyTraces && !ir.IsTrace)
            return inner.Emit(ir, block);
        Exchange(ir, right, wrong);
        var used = inner.Emit(ir, block);
        Exchange(ir, wrong, right);
        return used;
    }

    public void Flush() => inner.Flush();

    public ExitReason Run(VCpuState* state, void* position) => inner.Run(state, position);

    public void Link(void* site, TranslatedBlock* target) => inner.Link(site, target);

    public void Unlink(void* site) => inner.Unlink(site);

    public void Print(TranslatedBlock* block, TextWriter writer) => inner.Print(block, writer);

    public ulong PcOf(VCpuState* state) => inner.PcOf(state);

    public (nint Plugin, Exception Exception) TakeFailure() => inner.TakeFailure();

    public void Dispose() => (inner as IDisposable)?.Dispose();

    /// <summary>The tests' programs have no <paramref name="to"/> of their own.</summary>
    private static void Exchange(IrBlock ir, IrOp from, IrOp to)
    {
        foreach (ref var insn in ir.Insns)
            if (insn.Op == from)
                insn.Op = to;
    }
}
