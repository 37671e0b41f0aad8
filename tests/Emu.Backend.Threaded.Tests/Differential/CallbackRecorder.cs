using System.Runtime.InteropServices;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Ir.Reference;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Backend.Tests.Differential;

/// <summary>
/// Stands for the plugins on both sides: callbacks from a backend and from the reference interpreter end in the same <see cref="HookLog"/> lines.
/// One per test thread; <see cref="Begin"/> starts a run.
/// </summary>
internal static unsafe partial class CallbackRecorder
{
    private static readonly int[] ExecCallbacks = [CallbackId<ExecCallback<First>>.Value, CallbackId<ExecCallback<Second>>.Value];
    private static readonly int[] MemoryCallbacks = [CallbackId<MemoryCallback<First>>.Value, CallbackId<MemoryCallback<Second>>.Value];
    private static readonly nint Self = GCHandle.ToIntPtr(GCHandle.Alloc(new Watcher()));

    [ThreadStatic]
    private static HookLog? t_log;

    [ThreadStatic]
    private static ReferenceState? t_registers;

    [ThreadStatic]
    private static VCpuContext? t_vcpu;

    static CallbackRecorder() => BindAll();

    /// <summary>Makes the callbacks known to the backend whose test project this is.</summary>
    private static partial void BindAll();

    /// <summary>Makes the block's hooks, which name callbacks 0 and 1, call the recorder.</summary>
    public static void Bind(IrBlock block)
    {
        for (var index = 0; index < block.Count; index++)
        {
            ref var insn = ref block.Insns[index];
            if (insn.Op is not (IrOp.PluginExec or IrOp.PluginCondExec or IrOp.PluginMem))
                continue;
            var hook = block.Hooks[(int)insn.Imm];
            hook.Plugin = Self;
            hook.Globals = hook.Callback == 0 ? IrGlobalUse.Read : IrGlobalUse.Write;
            hook.Callback = (insn.Op == IrOp.PluginMem ? MemoryCallbacks : ExecCallbacks)[hook.Callback];
            insn.Imm = block.AddHook(hook);
        }
    }

    /// <summary>Callbacks on this thread are written to <paramref name="log"/> from now on.</summary>
    public static void Begin(HookLog log, VCpuContext vcpu)
    {
        (t_log, t_vcpu) = (log, vcpu);
        t_registers ??= StartState.NewReferenceState(0);
    }

    private static void OnExec(int callback, IrGlobalUse globals, nint userData)
    {
        t_log!.Exec(new IrHook { Callback = callback, UserData = userData, Globals = globals }, Registers(), t_vcpu!.Machine.Backend.PcOf(t_vcpu.State));
        t_registers!.Registers.CopyTo(StartState.NativeRegisters(t_vcpu.State));
    }

    private static void OnMemory(int callback, IrGlobalUse globals, nint userData, MemoryAccess access)
    {
        var flags = (access.IsStore ? IrFlags.IsStore : 0) | (access.IsSignExtended ? IrFlags.Signed : 0);
        var seen = new MemoryEvent(access.Address, access.Value, access.Size, flags);
        t_log!.Memory(new IrHook { Callback = callback, UserData = userData, Globals = globals }, Registers(), t_vcpu!.Machine.Backend.PcOf(t_vcpu.State), seen);
        t_registers!.Registers.CopyTo(StartState.NativeRegisters(t_vcpu.State));
    }

    private static void Check(Plugin self)
    {
        if (self is not Watcher)
            Assert.Fail($"the hook's plugin is {self}");
    }

    private static ReferenceState Registers()
    {
        StartState.NativeRegisters(t_vcpu!.State).CopyTo(t_registers!.Registers);
        return t_registers;
    }

    /// <summary>A callback's own number, and what it declares.</summary>
    private interface ICallbackNumber
    {
        static abstract IrGlobalUse Globals { get; }
    }

    private struct First : ICallbackNumber
    {
        public static IrGlobalUse Globals => IrGlobalUse.Read;
    }

    private struct Second : ICallbackNumber
    {
        public static IrGlobalUse Globals => IrGlobalUse.Write;
    }

    private readonly struct ExecCallback<TNumber> : IExecCallback
        where TNumber : struct, ICallbackNumber
    {
        public static RegisterUse RegisterUse => (RegisterUse)TNumber.Globals;

        public static void Invoke(Plugin self, in VCpu vcpu, nint userData)
        {
            Check(self);
            OnExec(CallbackId<ExecCallback<TNumber>>.Value, TNumber.Globals, userData);
        }
    }

    private readonly struct MemoryCallback<TNumber> : IMemoryCallback
        where TNumber : struct, ICallbackNumber
    {
        public static RegisterUse RegisterUse => (RegisterUse)TNumber.Globals;

        public static void Invoke(Plugin self, in VCpu vcpu, in MemoryAccess access, nint userData)
        {
            Check(self);
            OnMemory(CallbackId<MemoryCallback<TNumber>>.Value, TNumber.Globals, userData, access);
        }
    }

    private sealed class Watcher : Plugin;
}
