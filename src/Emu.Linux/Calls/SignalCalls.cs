using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Process;
using Emu.Linux.Signals;

namespace Emu.Linux.Calls;

/// <summary>Signals: what is to be done on them, which are blocked, sending them.</summary>
internal static class SignalCalls
{
    private const ulong SetSize = sizeof(ulong);

    [Syscall(134)]
    public static SysResult RtSigaction(ref SyscallContext c, Signal signal, GuestIn<SignalAction> wanted, GuestOut<SignalAction> old, ulong setSize)
    {
        if (setSize != SetSize || !SignalFacts.IsValid((int)signal) || (!wanted.IsNull && SignalFacts.IsAbsolute(signal)))
            return Errno.EINVAL;
        var before = c.Process.Signals[signal];
        if (!wanted.IsNull)
        {
            if (wanted.Value.IsHandler)
                c.Thread.Attach();
            c.Process.Signals[signal] = wanted.Value with { Mask = wanted.Value.Mask & ~SignalFacts.AbsoluteBits };
        }

        return old.IsNull ? SysResult.None : old.Set(ref c, before);
    }

    [Syscall(135)]
    public static SysResult RtSigprocmask(ref SyscallContext c, MaskChange how, GuestIn<ulong> set, GuestOut<ulong> old, ulong setSize)
    {
        if (setSize != SetSize || (!set.IsNull && how is < MaskChange.SIG_BLOCK or > MaskChange.SIG_SETMASK))
            return Errno.EINVAL;
        var before = c.Thread.SignalMask;
        if (!set.IsNull)
        {
            var bits = set.Value & ~SignalFacts.AbsoluteBits;
            c.Thread.SignalMask = how switch
            {
                MaskChange.SIG_BLOCK => before | bits,
                MaskChange.SIG_UNBLOCK => before & ~bits,
                _ => bits,
            };
        }

        return old.IsNull ? SysResult.None : old.Set(ref c, before);
    }

    [Syscall(136)]
    public static SysResult RtSigpending(ref SyscallContext c, GuestOut<ulong> set, ulong setSize)
    {
        return setSize > SetSize ? Errno.EINVAL : set.Set(ref c, (c.Thread.Pending.Bits | c.Process.HostPending()) & c.Thread.SignalMask);
    }

    [Syscall(132)]
    public static SysResult Sigaltstack(ref SyscallContext c, GuestIn<SignalStack> wanted, GuestOut<SignalStack> old)
    {
        var stackPointer = c.VCpu.Register(c.Process.Abi.StackPointer);
        var before = c.Thread.AlternateStack.ReportedAt(stackPointer);
        if (!wanted.IsNull)
        {
            var stack = wanted.Value;
            var mode = stack.Flags & ~SignalStack.DisableOnEntry;
            if ((before.Flags & SignalStack.InUse) != 0)
                return Errno.EPERM;
            if (mode is not (0 or SignalStack.InUse or SignalStack.Disabled))
                return Errno.EINVAL;
            if (mode != SignalStack.Disabled && stack.Size < SignalStack.MinSize)
                return Errno.ENOMEM;
            c.Thread.AlternateStack = mode == SignalStack.Disabled
                ? new SignalStack { Flags = stack.Flags }
                : stack with { Flags = stack.Flags & SignalStack.DisableOnEntry };
        }

        return old.IsNull ? SysResult.None : old.Set(ref c, before);
    }

    [Syscall(139, Returns = SyscallReturns.Never)]
    public static SysResult RtSigreturn(ref SyscallContext c)
    {
        c.Process.Delivery.Return(c.Thread);
        c.Thread.HasOwnRegisters = true;
        return SysResult.None;
    }

    [Syscall(129)]
    public static SysResult Kill(ref SyscallContext c, int process, Signal signal) =>
        IsForSelf(ref c, process, signal) ? RaiseSelf(ref c, signal, SignalCode.Kill) : c.Host(HostCall.Kill, process, (nint)signal);

    [Syscall(130)]
    public static SysResult Tkill(ref SyscallContext c, int thread, Signal signal) =>
        thread <= 0 ? Errno.EINVAL : Send(ref c, 0, thread, signal) ?? c.Host(HostCall.Tkill, thread, (nint)signal);

    [Syscall(131)]
    public static SysResult Tgkill(ref SyscallContext c, int process, int thread, Signal signal) =>
        process <= 0 || thread <= 0 ? Errno.EINVAL :
        Send(ref c, process, thread, signal) ?? c.Host(HostCall.Tgkill, process, thread, (nint)signal);

    [Syscall(138)]
    public static SysResult RtSigqueueinfo(ref SyscallContext c, int process, Signal signal, GuestIn<SignalInfo> info) =>
        info.IsNull ? Errno.EFAULT :
        IsForSelf(ref c, process, signal) ? RaiseSelf(ref c, info.Value with { Signal = signal }) :
        c.Host(HostCall.RtSigqueueinfo, process, (nint)signal, c.HostAddress(info.Address));

    [Syscall(240)]
    public static SysResult RtTgsigqueueinfo(ref SyscallContext c, int process, int thread, Signal signal, GuestIn<SignalInfo> info) =>
        info.IsNull ? Errno.EFAULT :
        thread == c.Thread.Id && IsForSelf(ref c, process, signal) ? RaiseSelf(ref c, info.Value with { Signal = signal }) :
        c.Host(HostCall.RtTgsigqueueinfo, process, thread, (nint)signal, c.HostAddress(info.Address));

    /// <summary>A signal for one thread, if the host's kernel must not be asked for it in the same way: the runtime sends its own signal so.</summary>
    private static SysResult? Send(ref SyscallContext c, int process, int thread, Signal signal)
    {
        if (thread == c.Thread.Id && IsForSelf(ref c, process == 0 ? HostProcess.Id : process, signal))
            return RaiseSelf(ref c, signal, SignalCode.ThreadKill);
        if (signal != HostSignals.Runtime || (process != 0 && process != HostProcess.Id) || c.Process.FindThread(thread) is null)
            return null;
        return HostSignals.SendRuntimeSignal(thread);
    }

    /// <summary>
    /// True if the guest sends the signal to itself and it must not leave the emulator: other guests may have the same host process, and SIGKILL would end it without a report.
    /// </summary>
    private static bool IsForSelf(ref SyscallContext c, int process, Signal signal) =>
        (!c.Process.Options.OwnsHostProcess || (signal == Signal.SIGKILL && !c.Thread.IsSharedChild)) && process == HostProcess.Id;

    private static SysResult RaiseSelf(ref SyscallContext c, Signal signal, SignalCode code) => RaiseSelf(ref c, SignalInfo.OfSelf(signal, code));

    private static SysResult RaiseSelf(ref SyscallContext c, in SignalInfo info)
    {
        if (info.Signal == 0)
            return SysResult.None;
        if (!SignalFacts.IsValid((int)info.Signal))
            return Errno.EINVAL;
        c.Process.Delivery.Raise(c.Thread, info);
        return SysResult.None;
    }
}
