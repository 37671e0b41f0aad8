using Emu.Ir;
using Emu.Ir.Reference;

namespace Emu.Backend.Tests.Differential;

/// <summary>Runs a block in the reference interpreter.</summary>
internal static class ReferenceRun
{
    /// <summary>How it ended, and the text of the state then.</summary>
    public static (BlockEnd End, string Text) Of(IrBlock block, StartState start)
    {
        var state = StartState.NewReferenceState(start.VCpuIndex);
        start.CopyTo(state);
        var memory = new ReferenceMemory(StartState.MemoryStart, StartState.MemorySize) { WritableSize = StartState.WritableSize };
        start.Memory.CopyTo(memory.Bytes, 0);
        var log = new HookLog();
        Scoreboards.Clear();
        var end = new ReferenceInterpreter(state, memory, new AsPluginsSee(log)).Run(block);
        return (end, Outcome.Text(end, state, start.Memory, memory.Bytes, log));
    }

    /// <summary>Plugins see the bytes that were accessed, not the whole register.</summary>
    private sealed class AsPluginsSee(HookLog log) : IHookSink
    {
        public void Exec(in IrHook hook, ReferenceState state, ulong pc) => log.Exec(hook, state, pc);

        public void Memory(in IrHook hook, ReferenceState state, ulong pc, in MemoryEvent access) =>
            log.Memory(hook, state, pc, access with { Value = access.Value & (ulong.MaxValue >> (64 - 8 * access.Size)) });

        public void Append(in IrHook hook, ulong pc, ulong address, ulong value, ulong count) => log.Append(hook, pc, address, value, count);
    }
}
