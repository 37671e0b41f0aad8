using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary>The host C library answers -1 and sets errno; here one number says both, as the kernel does.</summary>
internal static class HostErrors
{
    /// <summary>The result, or minus errno.</summary>
    public static long Fold(long result) => result == -1 ? -Marshal.GetLastPInvokeError() : result;

    /// <summary>The host's text for an errno number, such as "No such file or directory".</summary>
    public static string Text(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
