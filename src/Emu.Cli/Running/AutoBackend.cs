using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Cli.Running;

/// <summary>
/// The backend of a watched guest, chosen when its first block is made: machine code is faster by itself and counts faster, threaded code calls plugins faster, as their callbacks are
/// compiled into it. If the first block calls a plugin, blocks do so often, and threaded code is taken.
/// </summary>
/// <param name="machineCode">Makes the backend of machine code; null where the host does not allow it.</param>
/// <param name="threaded">Makes the backend of threaded code.</param>
internal sealed unsafe class AutoBackend(Func<IBackend?> machineCode, Func<IBackend> threaded) : IBackend, IDisposable
{
    private IBackend? _chosen;

    public string Name => _chosen?.Name ?? "auto";

    private IBackend Chosen => _chosen ?? throw new InvalidOperationException("no block was translated yet");

    // Before the choice, what can be done without a call shows as such.
    public int MaxLoweredOps => _chosen?.MaxLoweredOps ?? int.MaxValue;

    public bool PrefersChoices => _chosen?.PrefersChoices ?? false;

    public bool WantsTraces => _chosen?.WantsTraces ?? false;

    public bool EmitsHostCode => _chosen?.EmitsHostCode ?? false;

    public int MaxCodeSize(IrBlock ir) => (_chosen ??= Choose(ir)).MaxCodeSize(ir);

    public bool HasRoom(IrBlock ir) => (_chosen ??= Choose(ir)).HasRoom(ir);

    public int Emit(IrBlock ir, TranslatedBlock* block) => Chosen.Emit(ir, block);

    public ExitReason Run(VCpuState* state, void* position) => Chosen.Run(state, position);

    public void Link(void* site, TranslatedBlock* target) => Chosen.Link(site, target);

    public void Unlink(void* site) => Chosen.Unlink(site);

    public void Flush() => _chosen?.Flush();

    public void PrepareFork() => _chosen?.PrepareFork();

    public void EndFork() => _chosen?.EndFork();

    public bool PartFromParent() => _chosen?.PartFromParent() ?? false;

    public void Print(TranslatedBlock* block, TextWriter writer) => Chosen.Print(block, writer);

    public ulong PcOf(VCpuState* state) => Chosen.PcOf(state);

    public (nint Plugin, Exception Exception) TakeFailure() => Chosen.TakeFailure();

    public void Dispose() => (_chosen as IDisposable)?.Dispose();

    private IBackend Choose(IrBlock ir) => (CallsPlugins(ir) ? null : machineCode()) ?? threaded();

    private static bool CallsPlugins(IrBlock ir)
    {
        foreach (ref readonly var insn in ir.Insns)
            if (insn.Op is IrOp.PluginExec or IrOp.PluginMem)
                return true;
        return false;
    }
}
