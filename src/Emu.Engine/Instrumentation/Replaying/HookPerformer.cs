using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Blocks;
using Emu.Engine.Instrumentation.Scoping;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Replaying;

/// <summary>Does at once what <see cref="HookEmitter"/> writes code for: callbacks, inline operations and records, where their plugins' windows are open.</summary>
internal sealed unsafe class HookPerformer(PluginHost host)
{
    /// <summary>A hook at the execution of the instruction at <see cref="VCpuState.Pc"/>.</summary>
    public void Perform(in HookList.Pending pending, VCpuState* state) => Perform(pending, state, default);

    /// <summary>A hook at a memory access or an edge of that instruction.</summary>
    public void Perform(in HookList.Pending pending, VCpuState* state, in RecordedPlace place)
    {
        if (IsClosed(pending, state->Index))
            return;
        ref readonly var hook = ref pending.Hook;
        switch (pending.Kind)
        {
            case HookKind.Add or HookKind.MemoryAdd:
                *WordOf(hook, state->Index) += hook.Immediate;
                break;
            case HookKind.Store or HookKind.MemoryStore:
                *WordOf(hook, state->Index) = hook.Immediate;
                break;
            case HookKind.Append or HookKind.MemoryAppend:
                Append(hook, state, place);
                break;
            default:
                Call(pending, state, place);
                break;
        }
    }

    private void Call(in HookList.Pending pending, VCpuState* state, in RecordedPlace place)
    {
        ref readonly var hook = ref pending.Hook;
        try
        {
            if (pending.Kind == HookKind.Memory)
            {
                var record = new MemoryRecord { Address = place.Address, Value = place.Value, Info = MemoryRecord.InfoOf(place.Size, place.IsSigned, place.IsStore) };
                ReplayCallbacks.Memory(hook.Callback, hook.Plugin, (nint)state, &record, hook.UserData);
            }
            else if (Holds(hook, state->Index))
            {
                ReplayCallbacks.Exec(hook.Callback, hook.Plugin, (nint)state, hook.UserData);
            }
        }
        catch (Exception exception)
        {
            host.OnPluginFailed((Plugin)System.Runtime.InteropServices.GCHandle.FromIntPtr(hook.Plugin).Target!, exception);
        }
    }

    private static bool Holds(in IrHook hook, int vcpu) => hook.Condition == IrHookCondition.Always || Compare(hook.Condition, *WordOf(hook, vcpu), hook.Immediate);

    private static bool Compare(IrHookCondition condition, ulong word, ulong immediate) => condition switch
    {
        IrHookCondition.Equal => word == immediate,
        IrHookCondition.NotEqual => word != immediate,
        IrHookCondition.Less => word < immediate,
        IrHookCondition.LessOrEqual => word <= immediate,
        IrHookCondition.Greater => word > immediate,
        IrHookCondition.GreaterOrEqual => word >= immediate,
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "unknown condition"),
    };

    private static ulong* WordOf(in IrHook hook, int vcpu) => (ulong*)(hook.Entry + (nint)hook.Stride * vcpu);

    private static void Append(in IrHook hook, VCpuState* state, in RecordedPlace place)
    {
        var trace = hook.Trace!;
        var slot = (TraceSlot*)((byte*)state + trace.Slot);
        new Span<byte>(slot->Next, trace.RecordSize).Clear();
        foreach (var field in trace.Fields)
        {
            var value = ValueOf(field.Value, hook, state, place);
            Buffer.MemoryCopy(&value, slot->Next + field.Offset, field.Size, field.Size); // the low bytes, which come first here as in the guest
        }

        slot->Next += trace.RecordSize;
        if (slot->Next == slot->End)
            Traces.TraceHandover.Full(trace.Stream, state);
    }

    private static ulong ValueOf(IrTraceValue value, in IrHook hook, VCpuState* state, in RecordedPlace place) => value switch
    {
        IrTraceValue.ProgramCounter => state->Pc,
        IrTraceValue.Address => place.Address,
        IrTraceValue.Value => place.Value,
        IrTraceValue.Size => (ulong)place.Size,
        IrTraceValue.Kind => place.Kind,
        IrTraceValue.UserData => (ulong)hook.UserData,
        IrTraceValue.InstructionCount => hook.Entry == 0 ? 0 : *WordOf(hook, state->Index),
        IrTraceValue.Stamp => Interlocked.Increment(ref *(ulong*)hook.Trace!.StampWord) - 1,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "unknown value"),
    };

    // As WindowGuard computes it in translated code.
    private static bool IsClosed(in HookList.Pending pending, int vcpu)
    {
        if (pending.Window is not { } window)
            return false;
        if (window.Outside != 0 && *(ulong*)window.Outside != 0)
            return true;
        if (window.Muted is { } muted && muted.Get(vcpu) != 0)
            return true;
        return window.Counts && IsLeftOut(window, pending.Counter!.Value.Get(vcpu) - (pending.IsEntry ? 0UL : 1UL));
    }

    private static bool IsLeftOut(Window window, ulong number) =>
        number < window.Skip || number - window.Skip >= window.Count || (number - window.Skip) % window.Every != 0;
}

/// <summary>A memory access, or an edge as if it were one: the target as address, the stack pointer as value, one that is taken as a store.</summary>
internal readonly record struct RecordedPlace
{
    public ulong Address { get; init; }

    public ulong Value { get; init; }

    public int Size { get; init; }

    public bool IsSigned { get; init; }

    public bool IsStore { get; init; }

    /// <summary>One of <see cref="AccessKind"/> or <see cref="EdgeKind"/>.</summary>
    public byte Kind { get; init; }
}
