namespace Emu.Linux.Signals;

/// <summary>Signals of Linux (signal(7)); numbers are the same on riscv64 and x86-64. Above 31 are the real-time signals.</summary>
internal enum Signal
{
    SIGHUP = 1,
    SIGINT = 2,
    SIGQUIT = 3,
    SIGILL = 4,
    SIGTRAP = 5,
    SIGABRT = 6,
    SIGBUS = 7,
    SIGFPE = 8,
    SIGKILL = 9,
    SIGUSR1 = 10,
    SIGSEGV = 11,
    SIGUSR2 = 12,
    SIGPIPE = 13,
    SIGALRM = 14,
    SIGTERM = 15,
    SIGSTKFLT = 16,
    SIGCHLD = 17,
    SIGCONT = 18,
    SIGSTOP = 19,
    SIGTSTP = 20,
    SIGTTIN = 21,
    SIGTTOU = 22,
    SIGURG = 23,
    SIGXCPU = 24,
    SIGXFSZ = 25,
    SIGVTALRM = 26,
    SIGPROF = 27,
    SIGWINCH = 28,
    SIGIO = 29,
    SIGPWR = 30,
    SIGSYS = 31,
}

/// <summary>What a signal does to a process that has not said otherwise.</summary>
internal enum DefaultAction
{
    Terminate,
    /// <summary>Terminates, with a core file where those are wanted.</summary>
    DumpCore,
    Ignore,
    Stop,
}

/// <summary>Facts about signals.</summary>
internal static class SignalFacts
{
    /// <summary>Highest signal number.</summary>
    public const int Max = 64;

    public static bool IsValid(int signal) => signal is >= 1 and <= Max;

    /// <summary>The signal's bit in a set.</summary>
    public static ulong Bit(Signal signal) => 1UL << ((int)signal - 1);

    /// <summary>signal(7), table of standard signals.</summary>
    public static DefaultAction DefaultOf(Signal signal) => signal switch
    {
        Signal.SIGCHLD or Signal.SIGCONT or Signal.SIGURG or Signal.SIGWINCH => DefaultAction.Ignore,
        Signal.SIGSTOP or Signal.SIGTSTP or Signal.SIGTTIN or Signal.SIGTTOU => DefaultAction.Stop,
        Signal.SIGQUIT or Signal.SIGILL or Signal.SIGTRAP or Signal.SIGABRT or Signal.SIGBUS or Signal.SIGFPE or Signal.SIGSEGV or Signal.SIGXCPU
            or Signal.SIGXFSZ or Signal.SIGSYS => DefaultAction.DumpCore,
        _ => DefaultAction.Terminate,
    };

    /// <summary>The bits of <see cref="Signal.SIGKILL"/> and <see cref="Signal.SIGSTOP"/>.</summary>
    public const ulong AbsoluteBits = (1UL << ((int)Signal.SIGKILL - 1)) | (1UL << ((int)Signal.SIGSTOP - 1));

    /// <summary>
    /// What the host's threads do not block for the guest: faults of the emulator itself, and the signal by which the runtime stops its threads; the latter only until it has come
    /// for the guest and waits.
    /// </summary>
    public const ulong AlwaysOpen = (1UL << ((int)Signal.SIGILL - 1)) | (1UL << ((int)Signal.SIGBUS - 1)) | (1UL << ((int)Signal.SIGFPE - 1))
        | (1UL << ((int)Signal.SIGSEGV - 1)) | (1UL << ((int)Host.HostSignals.Runtime - 1));

    /// <summary>What a host thread blocks while a signal is recorded for it and nobody has looked: all but the faults. The runtime waits that long.</summary>
    public const ulong Shut = ~AlwaysOpen | (1UL << ((int)Host.HostSignals.Runtime - 1));

    /// <summary>These two can be neither caught nor blocked nor ignored.</summary>
    public static bool IsAbsolute(Signal signal) => signal is Signal.SIGKILL or Signal.SIGSTOP;
}
