using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>A plugin's execution callback as the first half of a pair: with the instruction it stands before, it takes one handler.</summary>
internal readonly unsafe struct ExecCallback<TCallback> : IMicroOp
    where TCallback : struct, IExecCallback
{
    public static OpKey Key => OpKey.OfCallback(CallbackId<TCallback>.Value)!.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(VCpuState* state, Op* op, ulong previous, byte* memory, ulong address)
    {
        state->Position = op;
        PluginCalls.Exec<TCallback>(op->Data, (nint)state, (nint)op->Imm);
        return 0;
    }
}
