using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>
/// Message queues, those of System V (svipc(7)) and of POSIX (mq_overview(7)). <c>struct msqid64_ds</c>, <c>msginfo</c>, <c>msgbuf</c> and <c>mq_attr</c> are the same for guest and
/// host.
/// </summary>
internal static unsafe class QueueCalls
{
    [Syscall(186)]
    public static SysResult Msgget(ref SyscallContext c, int key, IpcFlags flags) => c.Host(HostCall.Msgget, key, (nint)flags);

    [Syscall(187)]
    public static SysResult Msgctl(ref SyscallContext c, int id, QueueCommand command, GuestPointer buffer) => c.Host(HostCall.Msgctl, id, (nint)command, buffer);

    [Syscall(188)]
    public static SysResult Msgrcv(ref SyscallContext c, int id, GuestAddress message, ulong size, long type, MessageFlags flags) =>
        c.Wait(HostCall.Msgrcv, id, c.HostAddress(message, sizeof(long) + Math.Min(size, int.MaxValue)), (nint)size, (nint)type, (nint)flags);

    [Syscall(189)]
    public static SysResult Msgsnd(ref SyscallContext c, int id, GuestAddress message, ulong size, MessageFlags flags) =>
        c.Wait(HostCall.Msgsnd, id, c.HostSource(message, sizeof(long) + Math.Min(size, int.MaxValue)), (nint)size, (nint)flags);

    [Syscall(180)]
    public static SysResult MqOpen(ref SyscallContext c, GuestPath name, OpenFlags flags, ModeBits mode, GuestPointer attributes) =>
        c.Host(HostCall.MqOpen, name, (nint)flags, mode, attributes);

    [Syscall(181)]
    public static SysResult MqUnlink(ref SyscallContext c, GuestPath name) => c.Host(HostCall.MqUnlink, name);

    [Syscall(182)]
    public static SysResult MqTimedsend(ref SyscallContext c, Fd queue, ReadOnlyGuestBuffer message, uint priority, GuestPointer timeout) =>
        c.Wait(HostCall.MqTimedsend, queue, message.Pointer, message.Length, (nint)priority, timeout);

    [Syscall(183)]
    public static SysResult MqTimedreceive(ref SyscallContext c, Fd queue, GuestBuffer message, GuestPointer priority, GuestPointer timeout) =>
        c.Wait(HostCall.MqTimedreceive, queue, message.Pointer, message.Length, priority, timeout);

    [Syscall(185)]
    public static SysResult MqGetsetattr(ref SyscallContext c, Fd queue, GuestPointer wanted, GuestPointer old) => c.Host(HostCall.MqGetsetattr, queue, wanted, old);
}
