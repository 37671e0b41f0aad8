namespace Emu.Linux.Host;

/// <summary><c>struct timespec</c>, the same on 64-bit architectures.</summary>
internal struct TimeSpan64
{
    public long Seconds;
    public long Nanoseconds;
}
