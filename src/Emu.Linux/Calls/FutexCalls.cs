using System.Runtime.InteropServices;
using Emu.Engine.Memory;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Futexes. They are the host's, at the host address of the guest's word; owners that the words name are thread numbers, which are the host's too.</summary>
internal static unsafe class FutexCalls
{
    private const uint MaxWaits = 128; // FUTEX_WAITV_MAX

    [Syscall(98)]
    public static SysResult Futex(ref SyscallContext c, GuestPointer word, FutexOperation operation, uint value, GuestAddress timeout, GuestPointer word2, uint value3)
    {
        const FutexOperation Command = (FutexOperation)0x7f;
        switch (operation & Command)
        {
            case FutexOperation.FUTEX_WAIT or FutexOperation.FUTEX_WAIT_BITSET or FutexOperation.FUTEX_LOCK_PI or FutexOperation.FUTEX_LOCK_PI2
                or FutexOperation.FUTEX_WAIT_REQUEUE_PI:
                return c.Wait(HostCall.Futex, word, (nint)operation, (nint)value, c.HostAddress(timeout), word2, (nint)value3);
            default:
                // The fourth argument is a number here.
                return c.Host(HostCall.Futex, word, (nint)operation, (nint)value, (nint)timeout.Value, word2, (nint)value3);
        }
    }

    [Syscall(449)]
    public static SysResult FutexWaitv(ref SyscallContext c, GuestAddress waits, uint count, uint flags, GuestPointer timeout, ClockId clock)
    {
        if (count is 0 or > MaxWaits || flags != 0)
            return Errno.EINVAL;
        if (!c.Memory.TryGetSpan(waits, count * (ulong)sizeof(FutexWaiter), PagePermissions.Read, out var bytes))
            return Errno.EFAULT;
        var native = (FutexWaiter*)c.Thread.Scratch.Allocate((int)count * sizeof(FutexWaiter));
        var given = MemoryMarshal.Cast<byte, FutexWaiter>(bytes);
        for (var i = 0; i < (int)count; i++)
            native[i] = given[i] with { Address = (ulong)c.HostAddress(given[i].Address) };
        return c.Wait(HostCall.FutexWaitv, (nint)native, (nint)count, 0, timeout, (nint)clock);
    }

    // futex2: one call for each operation.
    [Syscall(454)]
    public static SysResult FutexWake(ref SyscallContext c, GuestPointer word, ulong mask, int count, uint flags) =>
        c.Host(HostCall.FutexWake, word, (nint)mask, count, (nint)flags);

    [Syscall(455)]
    public static SysResult FutexWait(ref SyscallContext c, GuestPointer word, ulong value, ulong mask, uint flags, GuestPointer timeout, ClockId clock) =>
        c.Wait(HostCall.FutexWait, word, (nint)value, (nint)mask, (nint)flags, timeout, (nint)clock);

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

    /// <summary><c>struct futex_waitv</c> (include/uapi/linux/futex.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FutexWaiter
    {
        public ulong Value;
        public ulong Address;
        public uint Flags;
        public uint Reserved;
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
