namespace Emu.Linux.Calls;

/// <summary>Which calls are made again after a handler with SA_RESTART interrupted them (signal(7), "Interruption of system calls").</summary>
internal static class SyscallRestart
{
    public static bool IsAllowed(ulong number) => number switch
    {
        72 or 73 or 22 or 441 => false, // pselect6, ppoll, epoll_pwait, epoll_pwait2
        101 or 115 => false,            // nanosleep, clock_nanosleep
        133 or 137 => false,            // rt_sigsuspend, rt_sigtimedwait
        188 or 189 or 192 or 193 => false, // msgrcv, msgsnd, semtimedop, semop
        _ => true,
    };
}
