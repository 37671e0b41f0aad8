using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Copies and properties of descriptors, pipes.</summary>
internal static class DescriptorCalls
{
    [Syscall(23)]
    public static SysResult Dup(ref SyscallContext c, Fd fd) => c.Host(HostCall.Dup, fd);

    [Syscall(24)]
    public static SysResult Dup3(ref SyscallContext c, Fd from, Fd to, OpenFlags flags) => c.Host(HostCall.Dup3, from, to, (nint)flags);

    [Syscall(25)]
    public static SysResult Fcntl(ref SyscallContext c, Fd fd, FcntlCommand command, GuestAddress argument)
    {
        switch (command)
        {
            case FcntlCommand.F_GETLK or FcntlCommand.F_SETLK or FcntlCommand.F_SETLKW:
            case FcntlCommand.F_OFD_GETLK or FcntlCommand.F_OFD_SETLK or FcntlCommand.F_OFD_SETLKW:
            case FcntlCommand.F_SETOWN_EX or FcntlCommand.F_GETOWN_EX or FcntlCommand.F_GETOWNER_UIDS:
            case >= FcntlCommand.F_GET_RW_HINT and <= FcntlCommand.F_SET_FILE_RW_HINT:
                // struct flock, f_owner_ex and the hints are the same for guest and host.
                return c.Host(HostCall.Fcntl, fd, (nint)command, c.HostAddress(argument));
            default:
                return c.Host(HostCall.Fcntl, fd, (nint)command, (nint)argument.Value);
        }
    }

    [Syscall(32)]
    public static SysResult Flock(ref SyscallContext c, Fd fd, LockOperation operation) => c.Host(HostCall.Flock, fd, (nint)operation);

    [Syscall(59)]
    public static SysResult Pipe2(ref SyscallContext c, GuestPointer descriptors, OpenFlags flags) =>
        c.Host(HostCall.Pipe2, descriptors, (nint)flags);

    [Syscall(19)]
    public static SysResult Eventfd2(ref SyscallContext c, uint value, OpenFlags flags) => c.Host(HostCall.Eventfd2, (nint)value, (nint)flags);
}
