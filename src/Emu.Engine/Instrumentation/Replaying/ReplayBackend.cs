using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Engine.Instrumentation.Replaying;

/// <summary>The backend of a machine that never runs: nothing is emitted, so there is nothing to link either.</summary>
public sealed unsafe class ReplayBackend : IBackend
{
    /// <inheritdoc/>
    public string Name => "replay";

    /// <inheritdoc/>
    public int MaxLoweredOps => 0;

    /// <inheritdoc/>
    public int MaxCodeSize(IrBlock ir) => throw Refused();

    /// <inheritdoc/>
    public int Emit(IrBlock ir, TranslatedBlock* block) => throw Refused();

    /// <inheritdoc/>
    public ExitReason Run(VCpuState* state, void* position) => throw Refused();

    /// <inheritdoc/>
    public void Link(void* site, TranslatedBlock* target) => throw Refused();

    /// <inheritdoc/>
    public void Unlink(void* site) => throw Refused();

    /// <inheritdoc/>
    public void Print(TranslatedBlock* block, TextWriter writer) => throw Refused();

    /// <inheritdoc/>
    public ulong PcOf(VCpuState* state) => state->Pc;

    /// <inheritdoc/>
    public (nint Plugin, Exception Exception) TakeFailure() => throw Refused();

    private static InvalidOperationException Refused() => new("no code is run in a replay");
}
