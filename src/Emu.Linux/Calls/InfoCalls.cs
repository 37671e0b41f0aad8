using System.Runtime.InteropServices;
using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>What machine and system this is, random numbers.</summary>
internal static unsafe class InfoCalls
{
    [Syscall(160)]
    public static SysResult Uname(ref SyscallContext c, GuestOut<SystemName> result)
    {
        SystemName name;
        var answer = c.Host(HostCall.Uname, (nint)(&name));
        if (answer.IsError)
            return answer;
        name.SetMachine(c.Process.Guest.Machine);
        return result.Set(ref c, name);
    }

    [Syscall(161)]
    public static SysResult Sethostname(ref SyscallContext c, ReadOnlyGuestBuffer name) => c.Host(HostCall.Sethostname, name.Pointer, name.Length);

    [Syscall(162)]
    public static SysResult Setdomainname(ref SyscallContext c, ReadOnlyGuestBuffer name) => c.Host(HostCall.Setdomainname, name.Pointer, name.Length);

    // struct sysinfo is the same for guest and host.
    [Syscall(179)]
    public static SysResult Sysinfo(ref SyscallContext c, GuestPointer result) => c.Host(HostCall.Sysinfo, result);

    [Syscall(116)]
    public static SysResult Syslog(ref SyscallContext c, int kind, GuestBuffer buffer) => c.Host(HostCall.Syslog, kind, buffer.Pointer, buffer.Length);

    [Syscall(278)]
    public static SysResult Getrandom(ref SyscallContext c, GuestBuffer buffer, RandomFlags flags) =>
        c.Host(HostCall.Getrandom, buffer.Pointer, buffer.Length, (nint)flags);

    /// <summary>Pairs of key and value, filled in by key (Documentation/arch/riscv/hwprobe.rst).</summary>
    [Syscall(258)]
    public static SysResult RiscvHwprobe(ref SyscallContext c, GuestAddress pairs, ulong count, ulong cpuSetSize, GuestPointer cpus, uint flags)
    {
        if (flags != 0 || count > 1 << 20)
            return Errno.EINVAL;
        if (!c.Memory.TryGetSpan(pairs, count * (ulong)sizeof(HardwareProbe), Engine.Memory.PagePermissions.Write, out var bytes))
            return Errno.EFAULT;
        foreach (ref var pair in MemoryMarshal.Cast<byte, HardwareProbe>(bytes))
            pair.Answer();
        return SysResult.None;
    }
}
