using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Memory policy of machines with several nodes (numa(7)).</summary>
internal static unsafe class NodeCalls
{
    [Syscall(235)]
    public static SysResult Mbind(ref SyscallContext c, GuestAddress address, ulong length, int mode, GuestPointer nodes, ulong maxNode, uint flags) =>
        MemoryCalls.CheckMapped(ref c, address, length) is { IsError: true } refused
            ? refused
            : c.Host(HostCall.Mbind, c.HostSource(address), (nint)length, mode, nodes, (nint)maxNode, (nint)flags);

    [Syscall(236)]
    public static SysResult GetMempolicy(ref SyscallContext c, GuestPointer mode, GuestPointer nodes, ulong maxNode, GuestAddress address, ulong flags) =>
        c.Host(HostCall.GetMempolicy, mode, nodes, (nint)maxNode, c.HostSource(address), (nint)flags);

    [Syscall(237)]
    public static SysResult SetMempolicy(ref SyscallContext c, int mode, GuestPointer nodes, ulong maxNode) => c.Host(HostCall.SetMempolicy, mode, nodes, (nint)maxNode);

    [Syscall(238)]
    public static SysResult MigratePages(ref SyscallContext c, int process, ulong maxNode, GuestPointer from, GuestPointer to) =>
        c.Host(HostCall.MigratePages, process, (nint)maxNode, from, to);

    [Syscall(239)]
    public static SysResult MovePages(ref SyscallContext c, int process, ulong count, GuestAddress pages, GuestPointer nodes, GuestPointer status, int flags)
    {
        const int MostPages = 1 << 16;
        if (process != 0 && process != HostProcess.Id)
            return Errno.EPERM; // where another guest's memory lies is not known here
        if (count > MostPages)
            return Errno.E2BIG;
        var native = (ulong*)c.Thread.Scratch.Allocate((int)count * sizeof(ulong));
        for (var index = 0UL; index < count; index++)
        {
            if (!c.Memory.TryRead(pages + index * sizeof(ulong), out ulong page))
                return Errno.EFAULT;
            native[index] = (ulong)c.HostSource(page);
        }

        return c.Host(HostCall.MovePages, process, (nint)count, (nint)native, nodes, status, flags);
    }

    [Syscall(450)]
    public static SysResult SetMempolicyHomeNode(ref SyscallContext c, GuestAddress address, ulong length, ulong node, ulong flags) =>
        MemoryCalls.CheckMapped(ref c, address, length) is { IsError: true } refused
            ? refused
            : c.Host(HostCall.SetMempolicyHomeNode, c.HostSource(address), (nint)length, (nint)node, (nint)flags);
}
