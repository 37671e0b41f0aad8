using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary>
/// The host's kernel, called directly: system calls of the guest are answered by the same call of the host, and the C library's wrappers would only
/// add behaviour of their own. Every call may block; the runtime does not wait for it.
/// </summary>
internal static unsafe partial class Kernel
{
    /// <summary>Makes a system call. The answer is what the kernel said: a result, or minus errno.</summary>
    public static long Call(HostCall call, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0) =>
        HostErrors.Fold(SysCall(NumberOf(call), a, b, c, d, e, f));

    /// <summary>The call's number on this host.</summary>
    public static nint NumberOf(HostCall call) =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? HostCallNumbers.X64[(int)call] : (nint)call;

    // Variadic in C; the arguments travel in registers all the same on x86-64 and arm64.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SysCall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);
}
