using System.Runtime.InteropServices;

namespace Emu.Children;

/// <summary>What <c>wait4</c> tells of a child that has ended: <c>struct rusage</c> of Linux on 64-bit hosts (getrusage(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ResourceUsage
{
    public long UserSeconds;
    public long UserMicroseconds;
    public long SystemSeconds;
    public long SystemMicroseconds;

    /// <summary>Largest resident set, in KiB.</summary>
    public long PeakMemory;

    private fixed long _others[13];

    /// <summary>User and system time, in seconds.</summary>
    public readonly double CpuSeconds => UserSeconds + SystemSeconds + (UserMicroseconds + SystemMicroseconds) / 1e6;
}
