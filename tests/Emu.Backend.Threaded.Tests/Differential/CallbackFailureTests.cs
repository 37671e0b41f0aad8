using System.Runtime.InteropServices;
using Emu.Backend.Threaded;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Backend.Tests.Differential;

/// <summary>A callback that throws leaves translated code behind itself, and the guest can go on there.</summary>
public sealed class CallbackFailureTests : IDisposable
{
    private static readonly GCHandle Self = GCHandle.Alloc(new Failing());

    private readonly ThreadedRun _run = new(fuse: true);

    static unsafe CallbackFailureTests()
    {
        var binder = default(ThreadedCallbacks);
        binder.BindExec<FailingExec>(null);
        binder.BindMemory<FailingMemory>(null);
    }

    public void Dispose() => _run.Dispose();

    [Test]
    public async Task The_guest_goes_on_behind_an_execution_callback_that_throws() =>
        await FailsAndGoesOn("exec 42", ir => ir.PluginExec(ir.Block.AddHook(Hook(CallbackId<FailingExec>.Value))));

    [Test]
    public async Task The_guest_goes_on_behind_a_memory_callback_that_throws() => await FailsAndGoesOn(
        "memory 42", ir => ir.PluginMem(ir.Constant(0x20000), ir.Constant(1), ir.Block.AddHook(Hook(CallbackId<FailingMemory>.Value)), 8, IrFlags.None));

    [Test]
    public async Task A_failure_is_taken_once() => await Assert.That(() => _run.Backend.TakeFailure()).ThrowsExactly<InvalidOperationException>();

    [Test]
    public async Task A_callback_that_was_not_bound_is_refused_when_code_is_made()
    {
        var block = TestBlock.Of(ir => ir.PluginExec(ir.Block.AddHook(Hook(callback: 100_000))));
        await Assert.That(() => _run.Emit(block)).ThrowsExactly<InvalidOperationException>();
    }

    private async Task FailsAndGoesOn(string message, Action<IrBuilder> callback)
    {
        var register = TestBlock.Offset(5);
        _run.Emit(TestBlock.Of(
            ir => ir.SetGlobal(register, ir.Constant(1UL)),
            callback,
            ir => ir.SetGlobal(register, ir.Add(ir.Global(register), ir.Constant(10)))));
        await Assert.That(Fail(register)).IsEqualTo((ExitReason.PluginFailed, 1UL, GCHandle.ToIntPtr(Self), message));
        await Assert.That(GoOn(register)).IsEqualTo((ExitReason.Link, 11UL, TestBlock.Next));
    }

    /// <summary>Runs into the callback, and takes the failure on the same thread, which keeps it.</summary>
    private unsafe (ExitReason Reason, ulong Register, nint Plugin, string Message) Fail(int register)
    {
        var vcpu = _run.VCpu(0);
        vcpu.State->Budget = 10;
        var reason = _run.Backend.Run(vcpu.State, _run.Record->Entry);
        var (plugin, exception) = _run.Backend.TakeFailure();
        return (reason, vcpu.Register(register), plugin, exception.Message);
    }

    private unsafe (ExitReason Reason, ulong Register, ulong Pc) GoOn(int register)
    {
        var vcpu = _run.VCpu(0);
        var reason = _run.Backend.Run(vcpu.State, vcpu.State->Position);
        return (reason, vcpu.Register(register), vcpu.Pc);
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
