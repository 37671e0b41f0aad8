using Emu.Guest.RiscV;
using Emu.Linux.Host;
using Emu.Linux.Signals;
using Emu.Linux.Tests.Calls;

namespace Emu.Linux.Tests.Signals;

/// <summary>Signals that come to the host process from outside reach the guest, also while it is blocked in a system call.</summary>
/// <remarks>No other test has handlers for these signals: all guests of a host process would get what is sent to it.</remarks>
[NotInParallel("signals from outside")]
public sealed class HostSignalTests : IDisposable
{
    private const ulong Handler = 0x10200;
    private readonly CallHarness _guest = new();

    public HostSignalTests()
    {
        _guest.VCpu.Register(RiscVState.OffsetOf(XRegister.Sp)) = CallHarness.BufferEnd;
        // A mistake must not leave the test waiting for ever.
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x40, new TimeSpan64 { Seconds = 30 });
    }

    public void Dispose() => _guest.Dispose();

    [Test]
    public async Task ABlockedSignalCanBeWaitedFor()
    {
        await Install(Signal.SIGIO, 0);
        await SetMask(SignalFacts.Bit(Signal.SIGIO));
        await SendFromOutside(Signal.SIGIO);
        await Assert.That(_guest.Call(137, CallHarness.Buffer + 0x20, CallHarness.Buffer + 0x100, CallHarness.Buffer + 0x40, 8)).IsEqualTo((long)Signal.SIGIO);
        await Assert.That(_guest.Read<SignalInfo>(CallHarness.Buffer + 0x100).Signal).IsEqualTo(Signal.SIGIO);
    }

    [Test]
    public async Task WaitingForASignalEndsInTime()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x20, SignalFacts.Bit(Signal.SIGIO));
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x40, new TimeSpan64 { Nanoseconds = 1000 });
        await Assert.That(_guest.Call(137, CallHarness.Buffer + 0x20, 0, CallHarness.Buffer + 0x40, 8)).IsEqualTo(-11);
    }

    [Test]
    public async Task SuspensionEndsInTheHandlerAndTheOldMaskComesBack()
    {
        await Install(Signal.SIGPWR, 0);
        await SetMask(SignalFacts.Bit(Signal.SIGPWR));
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x20, 0UL);
        await SendFromOutside(Signal.SIGPWR);
        await Assert.That(_guest.Call(133, CallHarness.Buffer + 0x20, 8)).IsEqualTo((long)Signal.SIGPWR);
        await Assert.That(_guest.VCpu.Pc).IsEqualTo(Handler);
        await Assert.That(_guest.Call(139)).IsEqualTo(-4);
        await Assert.That(_guest.Call(135, 0, 0, CallHarness.Buffer, 8)).IsEqualTo(0);
        await Assert.That(_guest.Read<ulong>(CallHarness.Buffer)).IsEqualTo(SignalFacts.Bit(Signal.SIGPWR));
    }

    [Test]
    public async Task AnInterruptedReadIsMadeAgainIfTheHandlerWantsThat()
    {
        await Install(Signal.SIGALRM, SignalActionFlags.Restart);
        await Assert.That(_guest.Call(59, CallHarness.Buffer, 0)).IsEqualTo(0);
        var (input, output) = ((ulong)_guest.Read<int>(CallHarness.Buffer), (ulong)_guest.Read<int>(CallHarness.Buffer + 4));
        var sender = SendOnceItReads(input, Signal.SIGALRM);
        _guest.VCpu.Pc = 0x10108;
        _guest.Call(63, input, CallHarness.Buffer, 1);
        var pc = _guest.VCpu.Pc;
        sender.Wait();
        await Assert.That(pc).IsEqualTo(Handler);
        await Assert.That(_guest.Call(139)).IsEqualTo((long)input);
        await Assert.That(_guest.VCpu.Pc).IsEqualTo(0x10104UL);
        _guest.Call(57, input);
        _guest.Call(57, output);
    }

    /// <summary>Sends the signal from another thread, once this one is blocked in a read(2) of the descriptor.</summary>
    private static Task SendOnceItReads(ulong descriptor, Signal signal)
    {
        var reader = HostProcess.ThreadId;
        return Task.Run(() =>
        {
            while (!File.ReadAllText($"/proc/self/task/{reader}/syscall").StartsWith($"0 0x{descriptor:x} ", StringComparison.Ordinal))
                Thread.Yield();
            Kernel.Call(HostCall.Tgkill, Environment.ProcessId, reader, (nint)signal);
        });
    }

    private async Task Install(Signal signal, SignalActionFlags flags)
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, new SignalAction { Handler = Handler, Flags = flags });
        await Assert.That(_guest.Call(134, (ulong)signal, CallHarness.Buffer, 0, 8)).IsEqualTo(0);
    }

    private async Task SetMask(ulong mask)
    {
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x20, mask);
        await Assert.That(_guest.Call(135, 2, CallHarness.Buffer + 0x20, 0, 8)).IsEqualTo(0);
    }

    // To the thread that runs the guest: of a signal to the process, the kernel may choose a thread of the test framework.
    private static async Task SendFromOutside(Signal signal) =>
        await Assert.That(Kernel.Call(HostCall.Tgkill, Environment.ProcessId, HostProcess.ThreadId, (nint)signal)).IsEqualTo(0);
}
