using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Users, groups, capabilities. Changes concern the thread alone, as with the kernel; C libraries repeat them for each thread.</summary>
internal static class IdentityCalls
{
    [Syscall(174)]
    public static SysResult Getuid(ref SyscallContext c) => c.Host(HostCall.Getuid);

    [Syscall(175)]
    public static SysResult Geteuid(ref SyscallContext c) => c.Host(HostCall.Geteuid);

    [Syscall(176)]
    public static SysResult Getgid(ref SyscallContext c) => c.Host(HostCall.Getgid);

    [Syscall(177)]
    public static SysResult Getegid(ref SyscallContext c) => c.Host(HostCall.Getegid);

    [Syscall(146)]
    public static SysResult Setuid(ref SyscallContext c, uint user) => c.Host(HostCall.Setuid, (nint)user);

    [Syscall(144)]
    public static SysResult Setgid(ref SyscallContext c, uint group) => c.Host(HostCall.Setgid, (nint)group);

    [Syscall(145)]
    public static SysResult Setreuid(ref SyscallContext c, int real, int effective) => c.Host(HostCall.Setreuid, real, effective);

    [Syscall(143)]
    public static SysResult Setregid(ref SyscallContext c, int real, int effective) => c.Host(HostCall.Setregid, real, effective);

    [Syscall(147)]
    public static SysResult Setresuid(ref SyscallContext c, int real, int effective, int saved) => c.Host(HostCall.Setresuid, real, effective, saved);

    [Syscall(149)]
    public static SysResult Setresgid(ref SyscallContext c, int real, int effective, int saved) => c.Host(HostCall.Setresgid, real, effective, saved);

    [Syscall(148)]
    public static SysResult Getresuid(ref SyscallContext c, GuestPointer real, GuestPointer effective, GuestPointer saved) =>
        c.Host(HostCall.Getresuid, real, effective, saved);

    [Syscall(150)]
    public static SysResult Getresgid(ref SyscallContext c, GuestPointer real, GuestPointer effective, GuestPointer saved) =>
        c.Host(HostCall.Getresgid, real, effective, saved);

    [Syscall(151)]
    public static SysResult Setfsuid(ref SyscallContext c, uint user) => c.Host(HostCall.Setfsuid, (nint)user);

    [Syscall(152)]
    public static SysResult Setfsgid(ref SyscallContext c, uint group) => c.Host(HostCall.Setfsgid, (nint)group);

    [Syscall(158)]
    public static SysResult Getgroups(ref SyscallContext c, int size, GuestPointer list) => c.Host(HostCall.Getgroups, size, list);

    [Syscall(159)]
    public static SysResult Setgroups(ref SyscallContext c, int size, GuestPointer list) => c.Host(HostCall.Setgroups, size, list);

    [Syscall(90)]
    public static SysResult Capget(ref SyscallContext c, GuestPointer header, GuestPointer data) => c.Host(HostCall.Capget, header, data);

    [Syscall(91)]
    public static SysResult Capset(ref SyscallContext c, GuestPointer header, GuestPointer data) => c.Host(HostCall.Capset, header, data);
}
