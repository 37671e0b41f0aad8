using Emu.Linux.Signals;

namespace Emu.Linux.Host;

/// <summary>
/// Writes of the emulator itself: its log, its reports. They must not raise what a write of the guest would: SIGXFSZ where a file grows beyond
/// <c>ulimit -f</c> (SIGPIPE is ignored by the runtime for the whole process). Thread-safe.
/// </summary>
public static unsafe class HostOutput
{
    private const int Interrupted = 4;  // EINTR
    private const int WouldBlock = 11;  // EAGAIN
    private const int TooLarge = 27;    // EFBIG
    private const int SetMask = 2;      // SIG_SETMASK
    private const int Block = 0;        // SIG_BLOCK
    private const int SetSize = sizeof(ulong);
    private const nint GetTerminal = 0x5401; // TCGETS
    private const int TerminalBytes = 64;
    private const short PollOut = 4;

    /// <summary>True if a person reads there.</summary>
    public static bool IsTerminal(int descriptor)
    {
        var settings = stackalloc byte[TerminalBytes];
        return Kernel.Call(HostCall.Ioctl, descriptor, GetTerminal, (nint)settings) == 0;
    }

    /// <summary>Writes all bytes, waiting where the descriptor is full for now. Returns 0 or the errno of what was in the way.</summary>
    public static int WriteAll(int descriptor, ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0)
        {
            var count = WriteSome(descriptor, rest);
            if (count >= 0)
                rest = rest[(int)count..];
            else if (count == -WouldBlock)
                WaitForRoom(descriptor);
            else if (count != -Interrupted)
                return (int)-count;
        }

        return 0;
    }

    private static long WriteSome(int descriptor, ReadOnlySpan<byte> bytes)
    {
        var (signal, mask) = (SignalFacts.Bit(Signal.SIGXFSZ), 0UL);
        Kernel.Call(HostCall.RtSigprocmask, Block, (nint)(&signal), (nint)(&mask), SetSize);
        long count;
        fixed (byte* start = bytes)
            count = Kernel.Call(HostCall.Write, descriptor, (nint)start, bytes.Length);
        if (count == -TooLarge)
            Discard(signal);
        Kernel.Call(HostCall.RtSigprocmask, SetMask, (nint)(&mask), 0, SetSize);
        return count;
    }

    /// <summary>Takes a blocked signal that waits for this thread.</summary>
    private static void Discard(ulong signals)
    {
        var now = default((long Seconds, long Nanoseconds));
        Kernel.Call(HostCall.RtSigtimedwait, (nint)(&signals), 0, (nint)(&now), SetSize);
    }

    // The guest may have made the descriptor that it shares with us non-blocking.
    private static void WaitForRoom(int descriptor)
    {
        var request = new PollRequest { Descriptor = descriptor, Events = PollOut };
        Kernel.Call(HostCall.Ppoll, (nint)(&request), 1);
    }
}
