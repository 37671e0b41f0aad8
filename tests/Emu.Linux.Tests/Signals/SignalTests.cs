using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;
using Emu.Linux.Signals;
using Emu.Linux.Tests.Calls;
using Assert = Xunit.Assert;

namespace Emu.Linux.Tests.Signals;

/// <summary>Frames as arch/riscv/kernel/signal.c lays them out, and the rules of signal(7).</summary>
[NotInParallel("signals of the process itself")]
public sealed class SignalTests : IDisposable
{
    private const int ContextOffset = 128;
    private const int MaskOffset = ContextOffset + 40;
    private const int PcOffset = ContextOffset + 176;
    private const ulong Handler = 0x10200;
    private const ulong Stack = CallHarness.BufferEnd - 0x100;
    private readonly CallHarness _guest = new();

    public SignalTests() => X(XRegister.Sp) = Stack;

    public void Dispose() => _guest.Dispose();

    [Test]
    public void AHandlerIsEnteredWithItsArgumentsAndLeftWithTheOldState()
    {
        Install(Signal.SIGUSR1, mask: SignalFacts.Bit(Signal.SIGUSR2));
        for (var register = XRegister.S2; register <= XRegister.S11; register++)
            X(register) = 0x1000 + (ulong)register;
        F(FRegister.Fa0) = 0x4000_0000_0000_0000;
        State.FloatFlags = 0x15;
        State.RoundingMode = 3;
        _guest.VCpu.Pc = 0x10104;
        Assert.Equal((long)Signal.SIGUSR1, Raise(Signal.SIGUSR1));
        Assert.Equal(Handler, _guest.VCpu.Pc);
        var frame = X(XRegister.Sp);
        Assert.Equal(0UL, frame % 16);
        Assert.Equal(Stack - 1088 - (Stack - 1088) % 16, frame);
        Assert.Equal((frame, frame + ContextOffset), (X(XRegister.A1), X(XRegister.A2)));
        var info = _guest.Read<SignalInfo>(frame);
        Assert.Equal((Signal.SIGUSR1, SignalCode.ThreadKill, Environment.ProcessId), (info.Signal, info.Code, info.Process));
        Assert.Equal(0UL, _guest.Read<ulong>(frame + MaskOffset));
        Assert.Equal(0x10104UL, _guest.Read<ulong>(frame + PcOffset));
        Assert.Equal(Stack, _guest.Read<ulong>(frame + PcOffset + 2 * 8));
        Assert.Equal(0UL, _guest.Read<ulong>(frame + PcOffset + 10 * 8)); // the result of tgkill
        Assert.Equal(0x1000UL + (ulong)XRegister.S11, _guest.Read<ulong>(frame + PcOffset + (int)XRegister.S11 * 8));
        Assert.Equal(0x4000_0000_0000_0000UL, _guest.Read<ulong>(frame + PcOffset + 32 * 8 + (int)FRegister.Fa0 * 8));
        Assert.Equal(0x75U, _guest.Read<uint>(frame + PcOffset + 64 * 8));
        Assert.Equal(SignalFacts.Bit(Signal.SIGUSR1) | SignalFacts.Bit(Signal.SIGUSR2), Mask());
        Assert.Equal(0x00000073_08b00893UL, _guest.Read<ulong>(X(XRegister.Ra))); // li a7, 139; ecall
        Assert.Equal(PagePermissions.Read | PagePermissions.Execute | PagePermissions.Mapped, _guest.Memory.PermissionsOf(X(XRegister.Ra)));

        X(XRegister.S2) = 0;
        F(FRegister.Fa0) = 0;
        State.FloatFlags = 0;
        _guest.Call(139);
        Assert.True(_guest.GoesOn);
        Assert.Equal((0x10104UL, Stack, 0UL), (_guest.VCpu.Pc, X(XRegister.Sp), X(XRegister.A0)));
        Assert.Equal((0x1000UL + (ulong)XRegister.S2, 0x4000_0000_0000_0000UL), (X(XRegister.S2), F(FRegister.Fa0)));
        Assert.Equal((0x15U, 3U, 0UL), (State.FloatFlags, State.RoundingMode, Mask()));
    }

    [Test]
    public void AFaultRunsItsHandlerAtTheFaultingInstruction()
    {
        Install(Signal.SIGSEGV);
        _guest.VCpu.Pc = 0x10108;
        Assert.True(_guest.Process.OnFault(_guest.VCpu, new GuestFault(GuestFaultKind.Protection, 0x123456, PagePermissions.Write)));
        var info = _guest.Read<SignalInfo>(X(XRegister.Sp));
        Assert.Equal((Signal.SIGSEGV, SignalCode.NotAllowed, 0x123456UL), (info.Signal, info.Code, info.Address));
        Assert.Equal(0x10108UL, _guest.Read<ulong>(X(XRegister.Sp) + PcOffset));
        Assert.False(_guest.Process.OnFault(_guest.VCpu, new GuestFault(GuestFaultKind.Unmapped, 0, PagePermissions.Read)));
        Assert.Equal((int)Signal.SIGSEGV, _guest.Process.Exit!.Value.Signal);
    }

    [Test]
    [Arguments(IrTrap.IllegalInstruction, (int)Signal.SIGILL)]
    [Arguments(IrTrap.Breakpoint, (int)Signal.SIGTRAP)]
    [Arguments(IrTrap.FetchFault, (int)Signal.SIGSEGV)]
    [Arguments(IrTrap.MisalignedFetch, (int)Signal.SIGBUS)]
    public void TrapsWithoutAHandlerKill(IrTrap trap, int signal)
    {
        Assert.False(_guest.Process.OnTrap(_guest.VCpu, trap, 0));
        Assert.Equal(signal, _guest.Process.Exit!.Value.Signal);
    }

    [Test]
    [Arguments(GuestFaultKind.Unmapped, (int)Signal.SIGSEGV)]
    [Arguments(GuestFaultKind.BeyondFile, (int)Signal.SIGBUS)]
    [Arguments(GuestFaultKind.Misaligned, (int)Signal.SIGBUS)]
    public void FaultsWithoutAHandlerKill(GuestFaultKind kind, int signal)
    {
        Assert.False(_guest.Process.OnFault(_guest.VCpu, new GuestFault(kind, 8, PagePermissions.Read)));
        Assert.Equal(signal, _guest.Process.Exit!.Value.Signal);
        Assert.Equal($"+++ killed by {(Signal)signal} +++", _guest.LastTrace);
    }

    [Test]
    public void AFaultThatIsBlockedOrIgnoredKillsAllTheSame()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, new SignalAction { Handler = SignalAction.Ignore });
        _guest.Call(134, (ulong)Signal.SIGSEGV, CallHarness.Buffer, 0, 8);
        Assert.False(_guest.Process.OnFault(_guest.VCpu, new GuestFault(GuestFaultKind.Unmapped, 8, PagePermissions.Read)));
        Assert.Equal((int)Signal.SIGSEGV, _guest.Process.Exit!.Value.Signal);
    }

    [Test]
    public void WithoutRoomOnTheStackTheProcessDies()
    {
        Install(Signal.SIGUSR1);
        X(XRegister.Sp) = 0x100;
        Raise(Signal.SIGUSR1);
        Assert.False(_guest.GoesOn);
        Assert.Equal((int)Signal.SIGSEGV, _guest.Process.Exit!.Value.Signal);
    }

    [Test]
    public void TheAlternateStackIsUsedOnceAndReportedInUse()
    {
        const ulong Other = CallHarness.Buffer + 0x2000;
        _guest.Memory.TryWrite(CallHarness.Buffer, new SignalStack { Address = Other, Size = 0x4000 });
        Assert.Equal(0, _guest.Call(132, CallHarness.Buffer, 0));
        Install(Signal.SIGUSR1, SignalActionFlags.OnAlternateStack | SignalActionFlags.DoNotBlockItself);
        Raise(Signal.SIGUSR1);
        var first = X(XRegister.Sp);
        Assert.Equal(Other + 0x4000 - 1088, first);
        Raise(Signal.SIGUSR1);
        Assert.Equal(first - 1088, X(XRegister.Sp));
        Assert.Equal(-1, _guest.Call(132, CallHarness.Buffer, 0));
        Assert.Equal(0, _guest.Call(132, 0, CallHarness.Buffer + 0x100));
        Assert.Equal(SignalStack.InUse, _guest.Read<SignalStack>(CallHarness.Buffer + 0x100).Flags);
        _guest.Call(139);
        _guest.Call(139);
        Assert.Equal(0, _guest.Call(132, 0, CallHarness.Buffer + 0x100));
        var stack = _guest.Read<SignalStack>(CallHarness.Buffer + 0x100);
        Assert.Equal((Other, 0, 0x4000UL), (stack.Address, stack.Flags, stack.Size));
    }

    [Test]
    public void AHandlerCanBeForOnceOnly()
    {
        Install(Signal.SIGUSR1, SignalActionFlags.Once);
        Raise(Signal.SIGUSR1);
        _guest.Call(139);
        Raise(Signal.SIGUSR1);
        Assert.False(_guest.GoesOn);
    }

    [Test]
    public void AQueuedSignalBringsItsValue()
    {
        const Signal RealTime = (Signal)36;
        const ulong Info = CallHarness.Buffer + 0xa00;
        Install(RealTime);
        var self = (ulong)Environment.ProcessId;
        _guest.Memory.TryWrite(Info, new SignalInfo { Code = (SignalCode)(-1), Process = Environment.ProcessId }); // SI_QUEUE
        _guest.Memory.TryWrite(Info + 24, 0x1234_5678_9abcUL); // si_value
        _guest.Call(138, self, (ulong)RealTime, Info);
        Assert.Equal((Handler, (ulong)RealTime), (_guest.VCpu.Pc, X(XRegister.A0)));
        Assert.Equal((RealTime, (SignalCode)(-1)), (_guest.Read<SignalInfo>(X(XRegister.A1)).Signal, _guest.Read<SignalInfo>(X(XRegister.A1)).Code));
        Assert.Equal(0x1234_5678_9abcUL, _guest.Read<ulong>(X(XRegister.A1) + 24));
        Assert.Equal(0, _guest.Call(139));
        _guest.Call(240, self, self, (ulong)RealTime, Info);
        Assert.Equal((ulong)RealTime, X(XRegister.A0));
        Assert.Equal(0, _guest.Call(139));
        Assert.Equal(-22, _guest.Call(138, self, 65, Info));
        Assert.Equal(-14, _guest.Call(138, self, (ulong)RealTime, 0));
    }

    [Test]
    public void StandardSignalsWaitOnceAndRealTimeSignalsEachTime()
    {
        var pending = new PendingSignals();
        foreach (var signal in new[] { (Signal)40, Signal.SIGUSR2, (Signal)40, Signal.SIGUSR2, Signal.SIGUSR1 })
            pending.Add(SignalInfo.OfSelf(signal, SignalCode.Kill));
        var taken = new List<int>();
        while (pending.TryTake(0, out var info))
            taken.Add((int)info.Signal);
        Assert.Equal([10, 12, 40, 40], taken);
        Assert.Equal(0UL, pending.Bits);
    }

    [Test]
    public void AFrameThatCannotBeReadKills()
    {
        X(XRegister.Sp) = CallHarness.BufferEnd - 8;
        _guest.Call(139);
        Assert.False(_guest.GoesOn);
        Assert.Equal((int)Signal.SIGSEGV, _guest.Process.Exit!.Value.Signal);
    }

    private unsafe ref VCpuState State => ref *_guest.VCpu.State;

    private ref ulong X(XRegister register) => ref _guest.VCpu.Register(RiscVState.OffsetOf(register));

    private ref ulong F(FRegister register) => ref _guest.VCpu.Register(RiscVState.OffsetOf(register));

    private void Install(Signal signal, SignalActionFlags flags = 0, ulong mask = 0)
    {
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x800, new SignalAction { Handler = Handler, Flags = flags, Mask = mask });
        Assert.Equal(0, _guest.Call(134, (ulong)signal, CallHarness.Buffer + 0x800, 0, 8));
    }

    private long Raise(Signal signal) => _guest.Call(131, (ulong)Environment.ProcessId, (ulong)Environment.ProcessId, (ulong)signal);

    private ulong Mask()
    {
        var (a0, a1, a2, a3) = (X(XRegister.A0), X(XRegister.A1), X(XRegister.A2), X(XRegister.A3));
        Assert.Equal(0, _guest.Call(135, 0, 0, CallHarness.Buffer + 0x900, 8));
        (X(XRegister.A0), X(XRegister.A1), X(XRegister.A2), X(XRegister.A3)) = (a0, a1, a2, a3);
        return _guest.Read<ulong>(CallHarness.Buffer + 0x900);
    }
}
