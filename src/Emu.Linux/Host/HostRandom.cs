namespace Emu.Linux.Host;

/// <summary>The kernel's random numbers, without a cryptography library.</summary>
internal static unsafe class HostRandom
{
    /// <summary>Up to 256 bytes, which the kernel always gives at once (getrandom(2)).</summary>
    public static byte[] GetBytes(int count)
    {
        var bytes = new byte[count];
        fixed (byte* start = bytes)
            while (Kernel.Call(HostCall.Getrandom, (nint)start, count) != count)
            {
                // Interrupted before the pool was ready: ask again.
            }

        return bytes;
    }
}
