using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;
using Emu.Linux.Signals;
using Emu.Linux.Tests.Calls;
using TUnit.Assertions.Enums;

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
    public async Task AHandlerIsEnteredWithItsArgumentsAndLeftWithTheOldState()
    {
        await Install(Signal.SIGUSR1, mask: SignalFacts.Bit(Signal.SIGUSR2));
        for (var register = XRegister.S2; register <= XRegister.S11; register++)
            X(register) = 0x1000 + (ulong)register;
        F(FRegister.Fa0) = 0x4000_0000_0000_0000;
        State.FloatFlags = 0x15;
        State.RoundingMode = 3;
        _guest.VCpu.Pc = 0x10104;
        await Assert.That(Raise(Signal.SIGUSR1)).IsEqualTo((long)Signal.SIGUSR1);
        await Assert.That(_guest.VCpu.Pc).IsEqualTo(Handler);
        var frame = X(XRegister.Sp);
        await Assert.That(frame % 16).IsEqualTo(0UL);
        await Assert.That(frame).IsEqualTo(Stack - 1088 - (Stack - 1088) % 16);
        await Assert.That((X(XRegister.A1), X(XRegister.A2))).IsEqualTo((frame, frame + ContextOffset));
        var info = _guest.Read<SignalInfo>(frame);
        await Assert.That(((Signal, SignalCode, int))(info.Signal, info.Code, info.Process)).IsEqualTo((Signal.SIGUSR1, SignalCode.ThreadKill, Environment.ProcessId));
        await Assert.That(_guest.Read<ulong>(frame + MaskOffset)).IsEqualTo(0UL);
        await Assert.That(_guest.Read<ulong>(frame + PcOffset)).IsEqualTo(0x10104UL);
        await Assert.That(_guest.Read<ulong>(frame + PcOffset + 2 * 8)).IsEqualTo(Stack);
        await Assert.That(_guest.Read<ulong>(frame + PcOffset + 10 * 8)).IsEqualTo(0UL); // the result of tgkill
        await Assert.That(_guest.Read<ulong>(frame + PcOffset + (int)XRegister.S11 * 8)).IsEqualTo(0x1000UL + (ulong)XRegister.S11);
        await Assert.That(_guest.Read<ulong>(frame + PcOffset + 32 * 8 + (int)FRegister.Fa0 * 8)).IsEqualTo(0x4000_0000_0000_0000UL);
        await Assert.That(_guest.Read<uint>(frame + PcOffset + 64 * 8)).IsEqualTo(0x75U);
        await Assert.That(await Mask()).IsEqualTo(SignalFacts.Bit(Signal.SIGUSR1) | SignalFacts.Bit(Signal.SIGUSR2));
        await Assert.That(_guest.Read<ulong>(X(XRegister.Ra))).IsEqualTo(0x00000073_08b00893UL); // li a7, 139; ecall
        await Assert.That(_guest.Memory.PermissionsOf(X(XRegister.Ra))).IsEqualTo(PagePermissions.Read | PagePermissions.Execute | PagePermissions.Mapped);

        X(XRegister.S2) = 0;
        F(FRegister.Fa0) = 0;
        State.FloatFlags = 0;
        _guest.Call(139);
        await Assert.That(_guest.GoesOn).IsTrue();
        await Assert.That(((ulong, ulong, ulong))(_guest.VCpu.Pc, X(XRegister.Sp), X(XRegister.A0))).IsEqualTo((0x10104UL, Stack, 0UL));
        await Assert.That((X(XRegister.S2), F(FRegister.Fa0))).IsEqualTo((0x1000UL + (ulong)XRegister.S2, 0x4000_0000_0000_0000UL));
        await Assert.That(((uint, uint, ulong))(State.FloatFlags, State.RoundingMode, await Mask())).IsEqualTo((0x15U, 3U, 0UL));
    }

    [Test]
    public async Task AFaultRunsItsHandlerAtTheFaultingInstruction()
    {
        await Install(Signal.SIGSEGV);
        _guest.VCpu.Pc = 0x10108;
        await Assert.That(_guest.Process.OnFault(_guest.VCpu, new GuestFault(GuestFaultKind.Protection, 0x123456, PagePermissions.Write))).IsTrue();
        var info = _guest.Read<SignalInfo>(X(XRegister.Sp));
        await Assert.That(((Signal, SignalCode, ulong))(info.Signal, info.Code, info.Address)).IsEqualTo((Signal.SIGSEGV, SignalCode.NotAllowed, 0x123456UL));
        await Assert.That(_guest.Read<ulong>(X(XRegister.Sp) + PcOffset)).IsEqualTo(0x10108UL);
        await Assert.That(_guest.Process.OnFault(_guest.VCpu, new GuestFault(GuestFaultKind.Unmapped, 0, PagePermissions.Read))).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Signal).IsEqualTo((int)Signal.SIGSEGV);
    }

    [Test]
    [Arguments(IrTrap.IllegalInstruction, (int)Signal.SIGILL)]
    [Arguments(IrTrap.Breakpoint, (int)Signal.SIGTRAP)]
    [Arguments(IrTrap.FetchFault, (int)Signal.SIGSEGV)]
    [Arguments(IrTrap.MisalignedFetch, (int)Signal.SIGBUS)]
    public async Task TrapsWithoutAHandlerKill(IrTrap trap, int signal)
    {
        await Assert.That(_guest.Process.OnTrap(_guest.VCpu, trap, 0)).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Signal).IsEqualTo(signal);
    }

    [Test]
    [Arguments(GuestFaultKind.Unmapped, (int)Signal.SIGSEGV)]
    [Arguments(GuestFaultKind.BeyondFile, (int)Signal.SIGBUS)]
    [Arguments(GuestFaultKind.Misaligned, (int)Signal.SIGBUS)]
    public async Task FaultsWithoutAHandlerKill(GuestFaultKind kind, int signal)
    {
        await Assert.That(_guest.Process.OnFault(_guest.VCpu, new GuestFault(kind, 8, PagePermissions.Read))).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Signal).IsEqualTo(signal);
        await Assert.That(_guest.LastTrace).IsEqualTo($"+++ killed by {(Signal)signal} +++");
    }

    [Test]
    public async Task AFaultThatIsBlockedOrIgnoredKillsAllTheSame()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, new SignalAction { Handler = SignalAction.Ignore });
        _guest.Call(134, (ulong)Signal.SIGSEGV, CallHarness.Buffer, 0, 8);
        await Assert.That(_guest.Process.OnFault(_guest.VCpu, new GuestFault(GuestFaultKind.Unmapped, 8, PagePermissions.Read))).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Signal).IsEqualTo((int)Signal.SIGSEGV);
    }

    [Test]
    public async Task WithoutRoomOnTheStackTheProcessDies()
    {
        await Install(Signal.SIGUSR1);
        X(XRegister.Sp) = 0x100;
        Raise(Signal.SIGUSR1);
        await Assert.That(_guest.GoesOn).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Signal).IsEqualTo((int)Signal.SIGSEGV);
    }

    [Test]
    public async Task TheAlternateStackIsUsedOnceAndReportedInUse()
    {
        const ulong Other = CallHarness.Buffer + 0x2000;
        _guest.Memory.TryWrite(CallHarness.Buffer, new SignalStack { Address = Other, Size = 0x4000 });
        await Assert.That(_guest.Call(132, CallHarness.Buffer, 0)).IsEqualTo(0);
        await Install(Signal.SIGUSR1, SignalActionFlags.OnAlternateStack | SignalActionFlags.DoNotBlockItself);
        Raise(Signal.SIGUSR1);
        var first = X(XRegister.Sp);
        await Assert.That(first).IsEqualTo(Other + 0x4000 - 1088);
        Raise(Signal.SIGUSR1);
        await Assert.That(X(XRegister.Sp)).IsEqualTo(first - 1088);
        await Assert.That(_guest.Call(132, CallHarness.Buffer, 0)).IsEqualTo(-1);
        await Assert.That(_guest.Call(132, 0, CallHarness.Buffer + 0x100)).IsEqualTo(0);
        await Assert.That(_guest.Read<SignalStack>(CallHarness.Buffer + 0x100).Flags).IsEqualTo(SignalStack.InUse);
        _guest.Call(139);
        _guest.Call(139);
        await Assert.That(_guest.Call(132, 0, CallHarness.Buffer + 0x100)).IsEqualTo(0);
        var stack = _guest.Read<SignalStack>(CallHarness.Buffer + 0x100);
        await Assert.That(((ulong, int, ulong))(stack.Address, stack.Flags, stack.Size)).IsEqualTo((Other, 0, 0x4000UL));
    }

    [Test]
    public async Task AHandlerCanBeForOnceOnly()
    {
        await Install(Signal.SIGUSR1, SignalActionFlags.Once);
        Raise(Signal.SIGUSR1);
        _guest.Call(139);
        Raise(Signal.SIGUSR1);
        await Assert.That(_guest.GoesOn).IsFalse();
    }

    [Test]
    public async Task AQueuedSignalBringsItsValue()
    {
        const Signal RealTime = (Signal)36;
        const ulong Info = CallHarness.Buffer + 0xa00;
        await Install(RealTime);
        var self = (ulong)Environment.ProcessId;
        _guest.Memory.TryWrite(Info, new SignalInfo { Code = (SignalCode)(-1), Process = Environment.ProcessId }); // SI_QUEUE
        _guest.Memory.TryWrite(Info + 24, 0x1234_5678_9abcUL); // si_value
        _guest.Call(138, self, (ulong)RealTime, Info);
        await Assert.That(((ulong, ulong))(_guest.VCpu.Pc, X(XRegister.A0))).IsEqualTo((Handler, (ulong)RealTime));
        await Assert.That(((Signal, SignalCode))(_guest.Read<SignalInfo>(X(XRegister.A1)).Signal, _guest.Read<SignalInfo>(X(XRegister.A1)).Code)).IsEqualTo((RealTime, (SignalCode)(-1)));
        await Assert.That(_guest.Read<ulong>(X(XRegister.A1) + 24)).IsEqualTo(0x1234_5678_9abcUL);
        await Assert.That(_guest.Call(139)).IsEqualTo(0);
        _guest.Call(240, self, self, (ulong)RealTime, Info);
        await Assert.That(X(XRegister.A0)).IsEqualTo((ulong)RealTime);
        await Assert.That(_guest.Call(139)).IsEqualTo(0);
        await Assert.That(_guest.Call(138, self, 65, Info)).IsEqualTo(-22);
        await Assert.That(_guest.Call(138, self, (ulong)RealTime, 0)).IsEqualTo(-14);
    }

    [Test]
    public async Task StandardSignalsWaitOnceAndRealTimeSignalsEachTime()
    {
        var pending = new PendingSignals();
        foreach (var signal in new[] { (Signal)40, Signal.SIGUSR2, (Signal)40, Signal.SIGUSR2, Signal.SIGUSR1 })
            pending.Add(SignalInfo.OfSelf(signal, SignalCode.Kill));
        var taken = new List<int>();
        while (pending.TryTake(0, out var info))
            taken.Add((int)info.Signal);
        await Assert.That(taken).IsEquivalentTo([10, 12, 40, 40], CollectionOrdering.Matching);
        await Assert.That(pending.Bits).IsEqualTo(0UL);
    }

    [Test]
    public async Task AFrameThatCannotBeReadKills()
    {
        X(XRegister.Sp) = CallHarness.BufferEnd - 8;
        _guest.Call(139);
        await Assert.That(_guest.GoesOn).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Signal).IsEqualTo((int)Signal.SIGSEGV);
    }

    private unsafe ref VCpuState State => ref *_guest.VCpu.State;

    private ref ulong X(XRegister register) => ref _guest.VCpu.Register(RiscVState.OffsetOf(register));

    private ref ulong F(FRegister register) => ref _guest.VCpu.Register(RiscVState.OffsetOf(register));

    private async Task Install(Signal signal, SignalActionFlags flags = 0, ulong mask = 0)
    {
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x800, new SignalAction { Handler = Handler, Flags = flags, Mask = mask });
        await Assert.That(_guest.Call(134, (ulong)signal, CallHarness.Buffer + 0x800, 0, 8)).IsEqualTo(0);
    }

    private long Raise(Signal signal) => _guest.Call(131, (ulong)Environment.ProcessId, (ulong)Environment.ProcessId, (ulong)signal);

    private async Task<ulong> Mask()
    {
        var (a0, a1, a2, a3) = (X(XRegister.A0), X(XRegister.A1), X(XRegister.A2), X(XRegister.A3));
        await Assert.That(_guest.Call(135, 0, 0, CallHarness.Buffer + 0x900, 8)).IsEqualTo(0);
        (X(XRegister.A0), X(XRegister.A1), X(XRegister.A2), X(XRegister.A3)) = (a0, a1, a2, a3);
        return _guest.Read<ulong>(CallHarness.Buffer + 0x900);
    }
}
