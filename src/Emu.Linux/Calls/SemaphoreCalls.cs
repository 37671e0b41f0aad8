using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>System V semaphores (svipc(7)). <c>struct sembuf</c> and <c>seminfo</c> are the same for guest and host, <c>struct semid64_ds</c> is not.</summary>
internal static unsafe class SemaphoreCalls
{
    [Syscall(190)]
    public static SysResult Semget(ref SyscallContext c, int key, int count, IpcFlags flags) => c.Host(HostCall.Semget, key, count, (nint)flags);

    [Syscall(191)]
    public static SysResult Semctl(ref SyscallContext c, int id, int number, SemaphoreCommand command, GuestAddress argument)
    {
        switch (command)
        {
            case SemaphoreCommand.IPC_STAT or SemaphoreCommand.SEM_STAT or SemaphoreCommand.SEM_STAT_ANY:
                return Describe(ref c, id, number, command, argument);
            case SemaphoreCommand.IPC_SET:
                if (!c.Memory.TryRead(argument, out GuestSemaphores wanted))
                    return Errno.EFAULT;
                var native = wanted.ToHost();
                return c.Host(HostCall.Semctl, id, number, (nint)command, (nint)(&native));
            case SemaphoreCommand.GETALL or SemaphoreCommand.SETALL or SemaphoreCommand.IPC_INFO or SemaphoreCommand.SEM_INFO:
                return c.Host(HostCall.Semctl, id, number, (nint)command, c.HostAddress(argument));
            default:
                // SETVAL takes a number, the others nothing.
                return c.Host(HostCall.Semctl, id, number, (nint)command, (nint)argument.Value);
        }
    }

    [Syscall(193)]
    public static SysResult Semop(ref SyscallContext c, int id, GuestPointer operations, ulong count) =>
        c.Wait(HostCall.Semop, id, operations, (nint)count);

    [Syscall(192)]
    public static SysResult Semtimedop(ref SyscallContext c, int id, GuestPointer operations, ulong count, GuestPointer timeout) =>
        c.Wait(HostCall.Semtimedop, id, operations, (nint)count, timeout);

    private static SysResult Describe(ref SyscallContext c, int id, int number, SemaphoreCommand command, ulong address)
    {
        HostSemaphores found;
        var answer = c.Host(HostCall.Semctl, id, number, (nint)command, (nint)(&found));
        return answer.IsError || c.Memory.TryWrite(address, GuestSemaphores.From(found)) ? answer : Errno.EFAULT;
    }
}
