using System.Runtime.InteropServices;
using Emu.Linux.Process;
using Emu.Linux.Signals;

namespace Emu.Linux.Host;

/// <summary>The signals of the host process.</summary>
public static unsafe class HostSignals
{
    private const int SetSize = sizeof(ulong);
    private const int Unblock = 1; // SIG_UNBLOCK

    /// <summary>The kernel's <c>struct sigaction</c> on x86-64 and arm64 hosts, which have a restorer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct HostAction
    {
        public nint Handler;
        public ulong Flags;
        public nint Restorer;
        public ulong Mask;
    }

    /// <summary>Ends this process as the guest ended: by the same signal, without a core file, or by returning the exit code for the caller to exit with.</summary>
    public static int Follow(GuestExit exit)
    {
        if (!exit.IsKilled)
            return exit.Code;
        HostLimits.ForbidCore();
        var signal = (Signal)exit.Signal;
        Write(signal, default);
        var set = SignalFacts.Bit(signal);
        Kernel.Call(HostCall.RtSigprocmask, Unblock, (nint)(&set), 0, SetSize);
        Kernel.Call(HostCall.Tgkill, System.Environment.ProcessId, (nint)Kernel.Call(HostCall.Gettid), (nint)signal);
        // Reached only by signals that do not end a process here, such as those the kernel does not send to the first process of a container.
        return 128 + exit.Signal;
    }

    /// <summary>True if the guest's wish to ignore the signal can be the host process's: the runtime needs the others, or the kernel forbids it.</summary>
    internal static bool IsShared(Signal signal) => signal is
        Signal.SIGHUP or Signal.SIGINT or Signal.SIGQUIT or Signal.SIGUSR1 or Signal.SIGUSR2 or Signal.SIGALRM or Signal.SIGTERM or Signal.SIGTSTP
        or Signal.SIGTTIN or Signal.SIGTTOU or Signal.SIGXCPU or Signal.SIGXFSZ or Signal.SIGVTALRM or Signal.SIGPROF or Signal.SIGIO or Signal.SIGPWR;

    internal static bool IsIgnored(Signal signal)
    {
        HostAction action;
        return Kernel.Call(HostCall.RtSigaction, (nint)signal, 0, (nint)(&action), SetSize) == 0 && action.Handler == (nint)SignalAction.Ignore;
    }

    internal static void Set(Signal signal, bool ignore) =>
        Write(signal, new HostAction { Handler = ignore ? (nint)SignalAction.Ignore : (nint)SignalAction.Default });

    internal static void StopThisProcess() => Kernel.Call(HostCall.Kill, System.Environment.ProcessId, (nint)Signal.SIGSTOP);

    private static void Write(Signal signal, HostAction action) => Kernel.Call(HostCall.RtSigaction, (nint)signal, (nint)(&action), 0, SetSize);
}
