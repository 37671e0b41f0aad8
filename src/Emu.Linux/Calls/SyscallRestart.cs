using Emu.Linux.Calls.Values;

namespace Emu.Linux.Calls;

/// <summary>Which calls are made again after a handler with SA_RESTART interrupted them (signal(7), "Interruption of system calls").</summary>
internal static class SyscallRestart
{
    /// <summary>
    /// True for calls that wait and that the handler's SA_RESTART decides about. All others either break off with EINTR whatever the handler wants, or never wait: if a signal came
    /// before they had begun, they are made after its handler, and never answer EINTR for it.
    /// </summary>
    public static bool IsAllowed(ulong number, in SyscallContext call) => number switch
    {
        >= 63 and <= 71 => true,                 // read, write, readv, writev, pread64, pwrite64, preadv, pwritev, sendfile
        75 or 76 or 77 => true,                  // vmsplice, splice, tee
        285 or 286 or 287 => true,               // copy_file_range, preadv2, pwritev2
        25 or 29 or 32 or 56 or 437 => true,     // fcntl, ioctl, flock, openat, openat2
        95 or 260 => true,                       // waitid, wait4
        98 => IsEndlessWait((FutexOperation)call[1], timeout: call[3]),
        449 or 455 => true,                      // futex_waitv, futex_wait
        202 or 203 or 206 or 207 => true,        // accept, connect, sendto, recvfrom
        211 or 212 or 242 or 243 or 269 => true, // sendmsg, recvmsg, accept4, recvmmsg, sendmmsg
        182 or 183 or 278 => true,               // mq_timedsend, mq_timedreceive, getrandom
        _ => false,
    };

    // futex(2): a wait with a time-out breaks off with EINTR; what waits for a lock that has an owner never does (kernel/futex).
    private static bool IsEndlessWait(FutexOperation operation, ulong timeout)
    {
        const FutexOperation Command = (FutexOperation)0x7f;
        return (operation & Command) is FutexOperation.FUTEX_WAIT or FutexOperation.FUTEX_WAIT_BITSET && timeout == 0;
    }
}
