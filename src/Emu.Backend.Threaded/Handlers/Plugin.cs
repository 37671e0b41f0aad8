using System.Runtime.CompilerServices;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Backend.Threaded.Handlers;

// Several handlers for each callback, of which one is bound: the choice cannot be made inside of one handler, because the compiler looks at the body of a
// call before it knows that the call is never made.

/// <summary>
/// Calls a plugin's execution callback, whose body is compiled into this handler. <see cref="Op.Data"/> is the plugin's handle, the immediate the user data.
/// </summary>
internal static unsafe class Exec<TCallback>
    where TCallback : struct, IExecCallback
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            state->Position = op;
            PluginCalls.Exec<TCallback>(op->Data, (nint)state, (nint)op->Imm);
            return op[1].Run(state, op + 1, 0);
        }
    }
}

/// <summary>As <see cref="Exec{TCallback}"/>, with the callback's body out of line, as it needs a frame.</summary>
internal static unsafe class CalledExec<TCallback>
    where TCallback : struct, IExecCallback
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            state->Position = op;
            PluginCalls.ExecOutOfLine<TCallback>(op->Data, (nint)state, (nint)op->Imm);
            return op[1].Run(state, op + 1, 0);
        }
    }
}

/// <summary>As <see cref="CalledExec{TCallback}"/>, for a callback that may change the guest and have the block left.</summary>
internal static unsafe class ChangingExec<TCallback>
    where TCallback : struct, IExecCallback
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            state->Position = op;
            PluginCalls.ExecOutOfLine<TCallback>(op->Data, (nint)state, (nint)op->Imm);
            return state->Jumps != 0 ? Leave.Jumped(state) : op[1].Run(state, op + 1, 0);
        }
    }
}

/// <summary>As <see cref="CalledMem{TCallback}"/>, for a callback that may change the guest and have the block left.</summary>
internal static unsafe class ChangingMem<TCallback>
    where TCallback : struct, IMemoryCallback
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var record = MemoryCall.Describe(state, op);
            PluginCalls.MemoryOutOfLine<TCallback>(op[1].Data, (nint)state, record, (nint)op[1].Imm);
            return state->Jumps != 0 ? Leave.Jumped(state) : op[2].Run(state, op + 2, 0);
        }
    }
}

/// <summary>
/// Calls a plugin's memory callback, whose body is compiled into this handler. The second operand slots are in the op after it: <see cref="Op.Data"/> is the
/// plugin's handle, the immediate the user data.
/// </summary>
internal static unsafe class Mem<TCallback>
    where TCallback : struct, IMemoryCallback
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var record = MemoryCall.Describe(state, op);
            PluginCalls.Memory<TCallback>(op[1].Data, (nint)state, record, (nint)op[1].Imm);
            return op[2].Run(state, op + 2, 0);
        }
    }
}

/// <summary>As <see cref="Mem{TCallback}"/>, with the callback's body out of line, as it needs a frame.</summary>
internal static unsafe class CalledMem<TCallback>
    where TCallback : struct, IMemoryCallback
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var record = MemoryCall.Describe(state, op);
            PluginCalls.MemoryOutOfLine<TCallback>(op[1].Data, (nint)state, record, (nint)op[1].Imm);
            return op[2].Run(state, op + 2, 0);
        }
    }
}

/// <summary>What handlers of memory callbacks have in common.</summary>
internal static unsafe class MemoryCall
{
    /// <summary>Writes the access into the vCPU's record, and where the vCPU is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MemoryRecord* Describe(VCpuState* state, Op* op)
    {
        var record = (MemoryRecord*)state->MemoryRecord;
        record->Address = *(ulong*)((byte*)state + op->A) + op->Imm;
        record->Value = *(ulong*)((byte*)state + op->B);
        record->Info = op->C;
        state->Position = op;
        return record;
    }
}

/// <summary>Compares a scoreboard entry, unsigned, as a type.</summary>
internal interface IHookTest
{
    static abstract bool Holds(ulong entry, ulong immediate);
}

internal readonly struct HookEqual : IHookTest { public static bool Holds(ulong entry, ulong immediate) => entry == immediate; }
internal readonly struct HookNotEqual : IHookTest { public static bool Holds(ulong entry, ulong immediate) => entry != immediate; }
internal readonly struct HookLess : IHookTest { public static bool Holds(ulong entry, ulong immediate) => entry < immediate; }
internal readonly struct HookLessOrEqual : IHookTest { public static bool Holds(ulong entry, ulong immediate) => entry <= immediate; }
internal readonly struct HookGreater : IHookTest { public static bool Holds(ulong entry, ulong immediate) => entry > immediate; }
internal readonly struct HookGreaterOrEqual : IHookTest { public static bool Holds(ulong entry, ulong immediate) => entry >= immediate; }

/// <summary>
/// Other inline operations on the vCPU's scoreboard entry than additions, with operands as in <see cref="ScoreboardAddition"/>; and skips over plugin ops.
/// </summary>
internal static unsafe class Inline
{
    internal static class RawCalliHelper
    {
        public static nint Store(VCpuState* state, Op* op, ulong previous)
        {
            *ScoreboardAddition.Entry(state, op) = op->Imm;
            return op[1].Run(state, op + 1, previous);
        }

        /// <summary>Goes the immediate's number of ops ahead unless the operand is zero.</summary>
        public static nint SkipUnlessZero(VCpuState* state, Op* op, ulong previous)
        {
            var next = *(ulong*)((byte*)state + op->A) == 0 ? op + 1 : op + op->Imm;
            return next->Run(state, next, previous);
        }

        /// <summary>Skips the next op unless the entry compares so with the immediate.</summary>
        public static nint SkipUnless<TTest>(VCpuState* state, Op* op, ulong previous)
            where TTest : struct, IHookTest
        {
            var next = TTest.Holds(*ScoreboardAddition.Entry(state, op), op->Imm) ? op + 1 : op + 2;
            return next->Run(state, next, previous);
        }
    }

    /// <summary>The handler that skips by that condition.</summary>
    public static nint SkipHandler(IrHookCondition condition) => (nint)(condition switch
    {
        IrHookCondition.Equal => (Handler)(&RawCalliHelper.SkipUnless<HookEqual>),
        IrHookCondition.NotEqual => &RawCalliHelper.SkipUnless<HookNotEqual>,
        IrHookCondition.Less => &RawCalliHelper.SkipUnless<HookLess>,
        IrHookCondition.LessOrEqual => &RawCalliHelper.SkipUnless<HookLessOrEqual>,
        IrHookCondition.Greater => &RawCalliHelper.SkipUnless<HookGreater>,
        IrHookCondition.GreaterOrEqual => &RawCalliHelper.SkipUnless<HookGreaterOrEqual>,
        _ => throw new InvalidOperationException($"{condition} is no condition to skip by"),
    });
}
