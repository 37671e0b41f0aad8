using System.Runtime.InteropServices;
using Emu.Linux.Process;
using Emu.Linux.Signals;

namespace Emu.Linux.Host;

/// <summary>The signals of the host process.</summary>
public static unsafe partial class HostSignals
{
    private const int SetSize = sizeof(ulong);
    private const int Block = 0;   // SIG_BLOCK
    private const int Unblock = 1; // SIG_UNBLOCK
    private const int InterruptSignal = 50; // a real-time signal that neither the C library nor the runtime has use for
    private static volatile bool s_canInterrupt;

    /// <summary>The kernel's <c>struct sigaction</c> on x86-64 and arm64 hosts, which have a restorer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct HostAction
    {
        public nint Handler;
        public ulong Flags;
        public nint Restorer;
        public ulong Mask;
    }

    /// <summary>The C library's <c>struct sigaction</c> on 64-bit hosts.</summary>
    private struct LibraryAction
    {
        public nint Handler;
        public fixed ulong Mask[16];
        public int Flags;
        public nint Restorer;
    }

    /// <summary>Ends this process as the guest ended: by the same signal, without a core file, or by returning the exit code for the caller to exit with.</summary>
    public static int Follow(GuestExit exit)
    {
        if (!exit.IsKilled)
            return exit.Code;
        HostLimits.ForbidCore();
        var signal = (Signal)exit.Signal;
        Write(signal, default);
        ChangeMask(Unblock, signal);
        Kernel.Call(HostCall.Tgkill, System.Environment.ProcessId, (nint)Kernel.Call(HostCall.Gettid), (nint)signal);
        // Reached only by signals that do not end a process here, such as those the kernel does not send to the first process of a container.
        return 128 + exit.Signal;
    }

    /// <summary>True if the guest's wish to ignore the signal can be the host process's: the runtime needs the others, or the kernel forbids it.</summary>
    internal static bool IsShared(Signal signal) => signal is
        Signal.SIGHUP or Signal.SIGINT or Signal.SIGQUIT or Signal.SIGUSR1 or Signal.SIGUSR2 or Signal.SIGALRM or Signal.SIGTERM or Signal.SIGTSTP
        or Signal.SIGTTIN or Signal.SIGTTOU or Signal.SIGXCPU or Signal.SIGXFSZ or Signal.SIGVTALRM or Signal.SIGPROF or Signal.SIGIO or Signal.SIGPWR;

    /// <summary>True if the runtime can catch the signal for the guest.</summary>
    internal static bool CanBeCaught(Signal signal) =>
        IsShared(signal) || signal is Signal.SIGCHLD or Signal.SIGCONT or Signal.SIGURG or Signal.SIGWINCH;

    /// <summary>Kernel's number of the calling thread.</summary>
    internal static int ThisThread() => (int)Kernel.Call(HostCall.Gettid);

    /// <summary>
    /// Makes <see cref="Interrupt"/> possible: installs a handler that does nothing, without SA_RESTART. It must not be managed code.
    /// </summary>
    internal static void PrepareInterrupts()
    {
        if (s_canInterrupt)
            return;
        var action = new LibraryAction { Handler = EmptyFunction.Create() };
        s_canInterrupt = action.Handler != 0 && SigAction(InterruptSignal, &action, null) == 0;
    }

    /// <summary>Breaks a system call that the thread is blocked in: it answers EINTR.</summary>
    internal static void Interrupt(int thread)
    {
        if (s_canInterrupt && thread != 0)
            Kernel.Call(HostCall.Tgkill, System.Environment.ProcessId, thread, InterruptSignal);
    }

    internal static bool IsIgnored(Signal signal)
    {
        HostAction action;
        return Kernel.Call(HostCall.RtSigaction, (nint)signal, 0, (nint)(&action), SetSize) == 0 && action.Handler == (nint)SignalAction.Ignore;
    }

    internal static void Set(Signal signal, bool ignore) =>
        Write(signal, new HostAction { Handler = ignore ? (nint)SignalAction.Ignore : (nint)SignalAction.Default });

    /// <summary>Leaves the signal to other threads of the host process: it does not break system calls of the calling one.</summary>
    internal static void KeepFromThisThread(Signal signal) => ChangeMask(Block, signal);

    internal static void StopThisProcess() => Kernel.Call(HostCall.Kill, System.Environment.ProcessId, (nint)Signal.SIGSTOP);

    private static void ChangeMask(int how, Signal signal)
    {
        var set = SignalFacts.Bit(signal);
        Kernel.Call(HostCall.RtSigprocmask, how, (nint)(&set), 0, SetSize);
    }

    private static void Write(Signal signal, HostAction action) => Kernel.Call(HostCall.RtSigaction, (nint)signal, (nint)(&action), 0, SetSize);

    // Unlike the system call itself, it knows the restorer that a handler returns to.
    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int SigAction(int signal, LibraryAction* action, LibraryAction* old);
}
