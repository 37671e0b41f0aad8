using System.Runtime.InteropServices;
using Emu.Linux.Host.Stubs;

namespace Emu.Linux.Host;

/// <summary>
/// The host's kernel, called directly: system calls of the guest are answered by the same call of the host, and the C library's wrappers would only
/// add behaviour of their own. Every call may block; the runtime does not wait for it.
/// </summary>
internal static unsafe partial class Kernel
{
    /// <summary>Makes a system call of the emulator's own. The answer is what the kernel said: a result, or minus errno.</summary>
    public static long Call(HostCall call, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0) =>
        HostErrors.Fold(SysCall(NumberOf(call), a, b, c, d, e, f));

    /// <summary>
    /// Makes a system call of the guest, which may take for ever: on attached threads through the stub, so that a signal that comes at any time breaks it. Minus ERESTARTSYS if
    /// it was not made because of one, or shall be made again. To be called with no lock held: the thread may be kept in the stub while another one copies the process.
    /// </summary>
    public static long Guest(HostCall call, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0)
    {
        var control = HostThread.Control;
        if (control is null)
            return Call(call, a, b, c, d, e, f);
        control->Number = NumberOf(call);
        var arguments = control->Arguments;
        (arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]) = (a, b, c, d, e, f);
        return StubPage.Call(control);
    }

    /// <summary>The call's number on this host.</summary>
    public static nint NumberOf(HostCall call) =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? HostCallNumbers.X64[(int)call] : (nint)call;

    // Variadic in C; the arguments travel in registers all the same on x86-64 and arm64.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SysCall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);
}
