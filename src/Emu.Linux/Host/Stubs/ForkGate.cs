namespace Emu.Linux.Host.Stubs;

/// <summary>
/// Keeps all other attached threads in the machine code of the stub, so that they run no managed code and hold none of its locks, nor the C library's, while the process
/// is copied. For one thread at a time.
/// </summary>
internal static unsafe class ForkGate
{
    private const int Wake = 1 | 128; // FUTEX_WAKE | FUTEX_PRIVATE_FLAG
    private const int Turns = 50;     // of yielding, before the forker sleeps

    /// <summary>Closes the gate and waits until everybody else is behind it; <paramref name="hurry"/> is called again and again meanwhile.</summary>
    public static void Close(Action hurry)
    {
        Interlocked.Exchange(ref *StubPage.Gate, 1);
        for (var turn = 0; !EverybodyElseIsAway(); turn++)
        {
            hurry();
            if (turn < Turns)
                Kernel.Call(HostCall.SchedYield);
            else
                Sleep();
        }
    }

    /// <summary>Lets all threads go on; in a forked child there are none.</summary>
    public static void Open()
    {
        Interlocked.Exchange(ref *StubPage.Gate, 0);
        Kernel.Call(HostCall.Futex, (nint)StubPage.Gate, Wake, int.MaxValue);
    }

    private static bool EverybodyElseIsAway()
    {
        foreach (var control in HostThread.Attached)
            if (control != (nint)HostThread.Control && Volatile.Read(ref ((ThreadControl*)control)->IsAway) == 0)
                return false;
        return true;
    }

    private static void Sleep()
    {
        var time = new TimeSpan64 { Nanoseconds = 100_000 };
        Kernel.Call(HostCall.Nanosleep, (nint)(&time));
    }
}
