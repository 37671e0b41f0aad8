using Emu.Linux.Host.Stubs;

namespace Emu.Linux.Host;

/// <summary>Whether a call on a descriptor would wait.</summary>
internal static unsafe class HostReadiness
{
    /// <summary>POLLIN</summary>
    public const short ToRead = 1;

    /// <summary>POLLOUT</summary>
    public const short ToWrite = 4;

    private const int GetFlags = 3; // F_GETFL
    private const int NonBlocking = 0x800; // O_NONBLOCK

    /// <summary>
    /// Waits until something of what is asked for is there, on an attached thread in the stub. False if it was asked to look at a signal instead, which the emulator's own threads have none of:
    /// to be called again.
    /// </summary>
    public static bool Wait(PollRequest* requests, int count)
    {
        if (Kernel.Guest(HostCall.Ppoll, (nint)requests, count) > 0)
            return true;
        // While one waits no call is made.
        if (HostThread.Control is not null and var control)
            Interlocked.Exchange(ref control->Pending, 0);
        return false;
    }

    /// <summary>True if nothing of the kind is there at this moment and a call would wait for it. A flag of the call itself that says otherwise is not looked at.</summary>
    public static bool MustWait(int descriptor, short events)
    {
        var request = new PollRequest { Descriptor = descriptor, Events = events };
        var now = default((long Seconds, long Nanoseconds));
        return Kernel.Call(HostCall.Ppoll, (nint)(&request), 1, (nint)(&now)) == 0 && (Kernel.Call(HostCall.Fcntl, descriptor, GetFlags) & NonBlocking) == 0;
    }
}

/// <summary><c>struct pollfd</c></summary>
internal struct PollRequest
{
    public int Descriptor;
    public short Events;
    public short Returned;
}
