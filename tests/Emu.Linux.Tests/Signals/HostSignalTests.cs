using Emu.Guest.RiscV;
using Emu.Linux.Host;
using Emu.Linux.Signals;
using Emu.Linux.Tests.Calls;
using Assert = Xunit.Assert;

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
    public void ABlockedSignalCanBeWaitedFor()
    {
        Install(Signal.SIGIO, 0);
        SetMask(SignalFacts.Bit(Signal.SIGIO));
        SendFromOutside(Signal.SIGIO);
        Assert.Equal((long)Signal.SIGIO, _guest.Call(137, CallHarness.Buffer + 0x20, CallHarness.Buffer + 0x100, CallHarness.Buffer + 0x40, 8));
        Assert.Equal(Signal.SIGIO, _guest.Read<SignalInfo>(CallHarness.Buffer + 0x100).Signal);
    }

    [Test]
    public void WaitingForASignalEndsInTime()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x20, SignalFacts.Bit(Signal.SIGIO));
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x40, new TimeSpan64 { Nanoseconds = 1000 });
        Assert.Equal(-11, _guest.Call(137, CallHarness.Buffer + 0x20, 0, CallHarness.Buffer + 0x40, 8));
    }

    [Test]
    public void SuspensionEndsInTheHandlerAndTheOldMaskComesBack()
    {
        Install(Signal.SIGPWR, 0);
        SetMask(SignalFacts.Bit(Signal.SIGPWR));
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x20, 0UL);
        SendFromOutside(Signal.SIGPWR);
        Assert.Equal((long)Signal.SIGPWR, _guest.Call(133, CallHarness.Buffer + 0x20, 8));
        Assert.Equal(Handler, _guest.VCpu.Pc);
        Assert.Equal(-4, _guest.Call(139));
        Assert.Equal(0, _guest.Call(135, 0, 0, CallHarness.Buffer, 8));
        Assert.Equal(SignalFacts.Bit(Signal.SIGPWR), _guest.Read<ulong>(CallHarness.Buffer));
    }

    [Test]
    public void AnInterruptedReadIsMadeAgainIfTheHandlerWantsThat()
    {
        Install(Signal.SIGALRM, SignalActionFlags.Restart);
        Assert.Equal(0, _guest.Call(59, CallHarness.Buffer, 0));
        var (input, output) = ((ulong)_guest.Read<int>(CallHarness.Buffer), (ulong)_guest.Read<int>(CallHarness.Buffer + 4));
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x60, new TimeSpan64());
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x70, new TimeSpan64 { Nanoseconds = 100_000 }); // microseconds in an itimerval; long enough for the call to return before
        Assert.Equal(0, _guest.Call(103, 0, CallHarness.Buffer + 0x60, 0));
        _guest.VCpu.Pc = 0x10108;
        _guest.Call(63, input, CallHarness.Buffer, 1);
        Assert.Equal(Handler, _guest.VCpu.Pc);
        Assert.Equal((long)input, _guest.Call(139));
        Assert.Equal(0x10104UL, _guest.VCpu.Pc);
        _guest.Call(57, input);
        _guest.Call(57, output);
    }

    private void Install(Signal signal, SignalActionFlags flags)
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, new SignalAction { Handler = Handler, Flags = flags });
        Assert.Equal(0, _guest.Call(134, (ulong)signal, CallHarness.Buffer, 0, 8));
    }

    private void SetMask(ulong mask)
    {
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x20, mask);
        Assert.Equal(0, _guest.Call(135, 2, CallHarness.Buffer + 0x20, 0, 8));
    }

    private static void SendFromOutside(Signal signal) => Assert.Equal(0, Kernel.Call(HostCall.Kill, Environment.ProcessId, (nint)signal));
}
