using System.Runtime.InteropServices;
using Emu.Backend.Threaded;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using Assert = Xunit.Assert;

namespace Emu.Backend.Tests.Differential;

/// <summary>A callback that throws leaves translated code behind itself, and the guest can go on there.</summary>
public sealed unsafe class CallbackFailureTests : IDisposable
{
    private static readonly GCHandle Self = GCHandle.Alloc(new Failing());

    private readonly ThreadedRun _run = new(fuse: true);

    static CallbackFailureTests()
    {
        var binder = default(ThreadedCallbacks);
        binder.BindExec<FailingExec>(null);
        binder.BindMemory<FailingMemory>(null);
    }

    public void Dispose() => _run.Dispose();

    [Test]
    public void The_guest_goes_on_behind_an_execution_callback_that_throws() =>
        FailsAndGoesOn("exec 42", ir => ir.PluginExec(ir.Block.AddHook(Hook(CallbackId<FailingExec>.Value))));

    [Test]
    public void The_guest_goes_on_behind_a_memory_callback_that_throws() => FailsAndGoesOn(
        "memory 42", ir => ir.PluginMem(ir.Constant(0x20000), ir.Constant(1), ir.Block.AddHook(Hook(CallbackId<FailingMemory>.Value)), 8, IrFlags.None));

    [Test]
    public void A_failure_is_taken_once() => Assert.Throws<InvalidOperationException>(() => _run.Backend.TakeFailure());

    [Test]
    public void A_callback_that_was_not_bound_is_refused_when_code_is_made()
    {
        var block = TestBlock.Of(ir => ir.PluginExec(ir.Block.AddHook(Hook(callback: 100_000))));
        Assert.Throws<InvalidOperationException>(() => _run.Emit(block));
    }

    private void FailsAndGoesOn(string message, Action<IrBuilder> callback)
    {
        var register = TestBlock.Offset(5);
        _run.Emit(TestBlock.Of(
            ir => ir.SetGlobal(register, ir.Constant(1UL)),
            callback,
            ir => ir.SetGlobal(register, ir.Add(ir.Global(register), ir.Constant(10)))));
        var vcpu = _run.VCpu(0);
        vcpu.State->Budget = 10;
        Assert.Equal(ExitReason.PluginFailed, _run.Backend.Run(vcpu.State, _run.Record->Entry));
        Assert.Equal(1u, vcpu.Register(register));
        var (plugin, exception) = _run.Backend.TakeFailure();
        Assert.Equal(GCHandle.ToIntPtr(Self), plugin);
        Assert.Equal(message, exception.Message);
        Assert.Equal(ExitReason.Link, _run.Backend.Run(vcpu.State, vcpu.State->Position));
        Assert.Equal((11u, TestBlock.Next), (vcpu.Register(register), vcpu.Pc));
    }

    private static IrHook Hook(int callback) => new() { Callback = callback, Plugin = GCHandle.ToIntPtr(Self), UserData = 42 };

    private readonly struct FailingExec : IExecCallback
    {
        public static void Invoke(Plugin self, in VCpu vcpu, nint userData) => throw new InvalidDataException($"exec {userData}");
    }

    private readonly struct FailingMemory : IMemoryCallback
    {
        public static void Invoke(Plugin self, in VCpu vcpu, in MemoryAccess access, nint userData) => throw new InvalidDataException($"memory {userData}");
    }

    private sealed class Failing : Plugin;
}
