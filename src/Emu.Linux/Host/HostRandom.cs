using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary>The kernel's random numbers, without a cryptography library.</summary>
internal static unsafe partial class HostRandom
{
    /// <summary>Up to 256 bytes, which the kernel always gives at once (getrandom(2)).</summary>
    public static byte[] GetBytes(int count)
    {
        var bytes = new byte[count];
        fixed (byte* start = bytes)
            while (GetRandom(start, (nuint)count, 0) != count)
            {
                // Interrupted before the pool was ready: ask again.
            }

        return bytes;
    }

    [LibraryImport("libc", EntryPoint = "getrandom", SetLastError = true)]
    public static partial nint GetRandom(byte* buffer, nuint count, uint flags);
}
