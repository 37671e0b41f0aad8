using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Watching files change (inotify(7)).</summary>
internal static class WatchCalls
{
    [Syscall(26)]
    public static SysResult InotifyInit1(ref SyscallContext c, OpenFlags flags) => c.Host(HostCall.InotifyInit1, (nint)flags);

    [Syscall(27)]
    public static SysResult InotifyAddWatch(ref SyscallContext c, Fd fd, LookupPath path, GuestAddress mask) =>
        c.Host(HostCall.InotifyAddWatch, fd, (mask & DontFollow) == 0 ? path.Followed(ref c) : path.AsLink(ref c), (nint)mask.Value);

    private const ulong DontFollow = 0x02000000; // IN_DONT_FOLLOW

    [Syscall(28)]
    public static SysResult InotifyRmWatch(ref SyscallContext c, Fd fd, int watch) => c.Host(HostCall.InotifyRmWatch, fd, watch);
}
