using System.Runtime.InteropServices;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>The newer futex calls, one for each operation (futex2).</summary>
internal static unsafe class FutexCalls
{
    [Syscall(454)]
    public static SysResult FutexWake(ref SyscallContext c, GuestPointer word, ulong mask, int count, uint flags) =>
        c.Host(HostCall.FutexWake, word, (nint)mask, count, (nint)flags);

    [Syscall(455)]
    public static SysResult FutexWait(ref SyscallContext c, GuestPointer word, ulong value, ulong mask, uint flags, GuestPointer timeout, ClockId clock) =>
        c.Host(HostCall.FutexWait, word, (nint)value, (nint)mask, (nint)flags, timeout, (nint)clock);

    [Syscall(456)]
    public static SysResult FutexRequeue(ref SyscallContext c, GuestIn<FutexPair> waiters, uint flags, int wake, int requeue)
    {
        if (waiters.IsNull)
            return Errno.EINVAL;
        var native = waiters.Value;
        native.FirstAddress = (ulong)c.HostAddress(native.FirstAddress);
        native.SecondAddress = (ulong)c.HostAddress(native.SecondAddress);
        return c.Host(HostCall.FutexRequeue, (nint)(&native), (nint)flags, wake, requeue);
    }
}

/// <summary>Two <c>struct futex_waitv</c>: value, address, flags.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct FutexPair
{
    [FieldOffset(0)] public ulong FirstValue;
    [FieldOffset(8)] public ulong FirstAddress;
    [FieldOffset(16)] public ulong FirstFlags;
    [FieldOffset(24)] public ulong SecondValue;
    [FieldOffset(32)] public ulong SecondAddress;
    [FieldOffset(40)] public ulong SecondFlags;
}
