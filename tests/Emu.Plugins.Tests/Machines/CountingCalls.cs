using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Plugins.Tests.Machines;

/// <summary>A backend that takes as many ops in place of a call as a test says, and counts the calls that are left in the code.</summary>
internal sealed unsafe class CountingCalls(IBackend backend, int maxLoweredOps) : IBackend, IDisposable
{
    /// <summary>Calls of plugins in all code that was made.</summary>
    public int Calls { get; private set; }

    public string Name => backend.Name;

    public int MaxLoweredOps => maxLoweredOps;

    public bool WantsTraces => backend.WantsTraces;

    public int MaxCodeSize(IrBlock ir) => backend.MaxCodeSize(ir);

    public bool HasRoom(IrBlock ir) => backend.HasRoom(ir);

    public void Flush() => backend.Flush();

    /// <summary>Traces with instrumentation that were made.</summary>
    public int Traces { get; private set; }

    public int Emit(IrBlock ir, TranslatedBlock* block)
    {
        Traces += ir is { IsTrace: true, HookCount: > 0 } ? 1 : 0;
        foreach (ref readonly var insn in ir.Insns)
            if (insn.Op is IrOp.PluginExec or IrOp.PluginCondExec or IrOp.PluginMem)
                Calls++;
        return backend.Emit(ir, block);
    }

    public ExitReason Run(VCpuState* state, void* position) => backend.Run(state, position);

    public void Link(void* site, TranslatedBlock* target) => backend.Link(site, target);

    public void Unlink(void* site) => backend.Unlink(site);

    public void Print(TranslatedBlock* block, TextWriter writer) => backend.Print(block, writer);

    public ulong PcOf(VCpuState* state) => backend.PcOf(state);

    public (nint Plugin, Exception Exception) TakeFailure() => backend.TakeFailure();

    public void Dispose() => (backend as IDisposable)?.Dispose();
}
