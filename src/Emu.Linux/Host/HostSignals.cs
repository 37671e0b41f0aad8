using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Emu.Linux.Host.Stubs;
using Emu.Linux.Process;
using Emu.Linux.Signals;

namespace Emu.Linux.Host;

/// <summary>What the host process does on signals.</summary>
public static unsafe class HostSignals
{
    private const int SetSize = sizeof(ulong);
    private const int Unblock = 1; // SIG_UNBLOCK
    private const ulong WithInfo = 4;                // SA_SIGINFO
    private const ulong OnAlternateStack = 0x08000000; // SA_ONSTACK
    private const ulong Restart = 0x10000000;        // SA_RESTART
    private const ulong HasRestorer = 0x04000000;    // SA_RESTORER

    /// <summary>The signal by which the runtime stops its threads, the first real-time signal that the C library leaves to others.</summary>
    internal const Signal Runtime = (Signal)34;

    /// <summary>What wakes threads up: a signal that they never block, once it is caught.</summary>
    internal static Signal Waker { get; private set; } = Runtime;

    /// <summary>The kernel's <c>struct sigaction</c> on x86-64 and arm64 hosts, which have a restorer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct HostAction
    {
        public nint Handler;
        public ulong Flags;
        public nint Restorer;
        public ulong Mask;
    }

    /// <summary>Ends this process as the guest ended, whatever its other threads are doing: by the same signal, without a core file, or with its exit code.</summary>
    [DoesNotReturn]
    public static void Follow(GuestExit exit)
    {
        if (!exit.IsKilled)
            HostProcess.Exit(exit.Code);
        HostLimits.ForbidCore();
        var signal = (Signal)exit.Signal;
        Write(signal, default);
        var set = SignalFacts.Bit(signal);
        Kernel.Call(HostCall.Tgkill, HostProcess.Id, HostProcess.ThreadId, (nint)signal);
        Kernel.Call(HostCall.RtSigprocmask, Unblock, (nint)(&set), 0, SetSize);
        // Reached only by signals that do not end a process here, such as those the kernel does not send to the first process of a container.
        HostProcess.Exit(128 + exit.Signal);
    }

    /// <summary>True if a guest that has not this host process for itself may have it ignore the signal.</summary>
    internal static bool IsShared(Signal signal) => signal is
        Signal.SIGHUP or Signal.SIGINT or Signal.SIGQUIT or Signal.SIGUSR1 or Signal.SIGUSR2 or Signal.SIGALRM or Signal.SIGTERM or Signal.SIGTSTP
        or Signal.SIGTTIN or Signal.SIGTTOU or Signal.SIGXCPU or Signal.SIGXFSZ or Signal.SIGVTALRM or Signal.SIGPROF or Signal.SIGIO or Signal.SIGPWR;

    /// <summary>Has the signal recorded for the thread that it comes to, which breaks what it is doing.</summary>
    internal static void Catch(Signal signal, SignalActionFlags flags = 0)
    {
        var passed = (ulong)(flags & (SignalActionFlags.NoChildStop | SignalActionFlags.NoChildWait));
        var before = Read(signal).Handler;
        if (before != StubPage.Handler)
            StubPage.Earlier[(int)signal] = before;
        if (signal == Signal.SIGFPE)
            Waker = signal;
        Write(signal, new HostAction
        {
            Handler = StubPage.Handler, Restorer = StubPage.Restorer, Mask = ~0UL,
            Flags = WithInfo | OnAlternateStack | Restart | HasRestorer | passed,
        });
    }

    /// <summary>Makes a thread of this process look up from whatever it is doing: a call that it is blocked in is broken.</summary>
    internal static void WakeUp(int thread) => SendMarked(thread, Waker, SignalCode.WakeUp);

    /// <summary>Sends a thread of this process the runtime's signal for the guest.</summary>
    internal static long SendRuntimeSignal(int thread) => SendMarked(thread, Runtime, SignalCode.ThreadKillOfGuest);

    internal static bool IsIgnored(Signal signal) => Read(signal).Handler == (nint)SignalAction.Ignore;

    internal static void Set(Signal signal, bool ignore, SignalActionFlags flags = 0) => Write(signal, new HostAction
    {
        Handler = ignore ? (nint)SignalAction.Ignore : (nint)SignalAction.Default,
        Flags = (ulong)(flags & (SignalActionFlags.NoChildStop | SignalActionFlags.NoChildWait)),
    });

    internal static void StopThisProcess() => Kernel.Call(HostCall.Kill, HostProcess.Id, (nint)Signal.SIGSTOP);

    private static long SendMarked(int thread, Signal signal, SignalCode code)
    {
        var info = SignalInfo.OfSelf(signal, code);
        return Kernel.Call(HostCall.RtTgsigqueueinfo, HostProcess.Id, thread, (nint)signal, (nint)(&info));
    }

    private static HostAction Read(Signal signal)
    {
        HostAction action;
        return Kernel.Call(HostCall.RtSigaction, (nint)signal, 0, (nint)(&action), SetSize) == 0 ? action : default;
    }

    private static void Write(Signal signal, HostAction action) => Kernel.Call(HostCall.RtSigaction, (nint)signal, (nint)(&action), 0, SetSize);
}
