using System.Runtime.InteropServices;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Linux.Process;
using Emu.Linux.Signals;
using ZLinq;

namespace Emu.Linux.Abi;

/// <summary>
/// <c>struct rt_sigframe</c> of riscv64 (arch/riscv/kernel/signal.c): <c>siginfo_t</c>, then <c>struct ucontext</c> with the stack, the signal mask in a field of 128 bytes,
/// and from a multiple of 16 on pc, x1 to x31, f0 to f31, fcsr.
/// </summary>
internal sealed unsafe class RiscV64SignalFrame : SignalFrame
{
    private const int ContextOffset = 128;
    private const int StackOffset = ContextOffset + 16;
    private const int MaskOffset = ContextOffset + 40;
    private const int PcOffset = ContextOffset + 176;
    private const int FloatOffset = PcOffset + 32 * 8;
    private const int FcsrOffset = FloatOffset + 32 * 8;
    private const int Size = PcOffset + 32 * 8 + 528; // the floating-point state has room for 128-bit registers
    private const int ReturnAddress = 1;
    private const int StackPointer = 2;
    private const int FirstArgument = 10;
    private readonly int[] _integers;
    private readonly int[] _floats;

    public RiscV64SignalFrame(IGuest guest)
    {
        _integers = OffsetsOf(guest, "org.gnu.gdb.riscv.cpu");
        _floats = OffsetsOf(guest, "org.gnu.gdb.riscv.fpu");
    }

    public override bool TryPush(LinuxThread thread, in SignalInfo info, in SignalAction action, ulong trampoline)
    {
        var vcpu = thread.VCpu;
        var stackPointer = vcpu.Register(_integers[StackPointer]);
        var address = (StackFor(thread, action, stackPointer) - Size) & ~15UL;
        if (trampoline == 0 || !vcpu.Machine.Memory.TryGetSpan(address, Size, PagePermissions.Write, out var frame))
            return false;
        frame.Clear();
        MemoryMarshal.Write(frame, info);
        MemoryMarshal.Write(frame[StackOffset..], thread.AlternateStack.ReportedAt(stackPointer));
        MemoryMarshal.Write(frame[MaskOffset..], thread.SignalMask);
        Save(vcpu, frame);
        if ((thread.AlternateStack.Flags & SignalStack.DisableOnEntry) != 0)
            thread.AlternateStack = new SignalStack { Flags = SignalStack.Disabled };

        vcpu.Register(_integers[ReturnAddress]) = trampoline;
        vcpu.Register(_integers[StackPointer]) = address;
        vcpu.Register(_integers[FirstArgument]) = (ulong)info.Signal;
        vcpu.Register(_integers[FirstArgument + 1]) = address;
        vcpu.Register(_integers[FirstArgument + 2]) = address + ContextOffset;
        vcpu.Pc = action.Handler & ~1UL;
        vcpu.State->ReservationAddress = VCpuState.NoReservation;
        return true;
    }

    public override bool TryPop(LinuxThread thread)
    {
        var vcpu = thread.VCpu;
        var address = vcpu.Register(_integers[StackPointer]);
        if (!vcpu.Machine.Memory.TryGetSpan(address, Size, PagePermissions.Read, out var frame))
            return false;
        thread.SignalMask = MemoryMarshal.Read<ulong>(frame[MaskOffset..]) & ~SignalFacts.AbsoluteBits;
        thread.AlternateStack = MemoryMarshal.Read<SignalStack>(frame[StackOffset..]) is { Size: > 0 } stack
            ? stack with { Flags = stack.Flags & SignalStack.DisableOnEntry }
            : new SignalStack { Flags = SignalStack.Disabled };
        Restore(vcpu, frame);
        return true;
    }

    private void Save(VCpuContext vcpu, Span<byte> frame)
    {
        var integers = MemoryMarshal.Cast<byte, ulong>(frame[PcOffset..]);
        integers[0] = vcpu.Pc;
        for (var i = 1; i < 32; i++)
            integers[i] = vcpu.Register(_integers[i]);
        var floats = MemoryMarshal.Cast<byte, ulong>(frame[FloatOffset..]);
        for (var i = 0; i < 32; i++)
            floats[i] = vcpu.Register(_floats[i]);
        MemoryMarshal.Write(frame[FcsrOffset..], vcpu.State->FloatFlags | (vcpu.State->RoundingMode << 5));
    }

    private void Restore(VCpuContext vcpu, ReadOnlySpan<byte> frame)
    {
        var integers = MemoryMarshal.Cast<byte, ulong>(frame[PcOffset..]);
        vcpu.Pc = integers[0] & ~1UL;
        for (var i = 1; i < 32; i++)
            vcpu.Register(_integers[i]) = integers[i];
        var floats = MemoryMarshal.Cast<byte, ulong>(frame[FloatOffset..]);
        for (var i = 0; i < 32; i++)
            vcpu.Register(_floats[i]) = floats[i];
        var fcsr = MemoryMarshal.Read<uint>(frame[FcsrOffset..]);
        vcpu.State->FloatFlags = fcsr & 0x1f;
        vcpu.State->RoundingMode = (fcsr >> 5) & 7;
    }

    /// <summary>The first 32 registers of a feature, which are x0 to x31 and f0 to f31.</summary>
    private static int[] OffsetsOf(IGuest guest, string feature)
    {
        var offsets = guest.Registers.AsValueEnumerable().Where(register => register.Feature == feature).Take(32).Select(static register => register.Offset).ToArray();
        return offsets.Length == 32 ? offsets : throw new NotSupportedException($"guest {guest.Name} has no registers of {feature}");
    }
}
