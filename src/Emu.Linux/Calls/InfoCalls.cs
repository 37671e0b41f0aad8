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
        if (flags != 0)
            return Errno.EINVAL;
        if ((cpuSetSize != 0 || !cpus.IsNull) && CheckProcessors(ref c, cpus.Address, cpuSetSize) is { IsError: true } refused)
            return refused;
        // One pair after the other, as the kernel does it: those before one that cannot be read are answered.
        for (; count > 0; count--, pairs = new GuestAddress(pairs + (ulong)sizeof(HardwareProbe)))
        {
            if (!c.Memory.TryRead(pairs, out HardwareProbe pair))
                return Errno.EFAULT;
            pair.Answer(c.Process.Guest.Extensions);
            if (!c.Memory.TryWrite(pairs, pair))
                return Errno.EFAULT;
        }

        return SysResult.None;
    }

    /// <summary>The set must be readable and name a processor that is there; all of them are alike.</summary>
    private static SysResult CheckProcessors(ref SyscallContext c, ulong set, ulong size)
    {
        Span<byte> bits = stackalloc byte[(int)Math.Min(size, 128)];
        if (!c.Memory.TryRead(set, bits))
            return Errno.EFAULT;
        for (var processor = 0; processor < Math.Min(bits.Length * 8, Environment.ProcessorCount); processor++)
            if ((bits[processor / 8] & (1 << (processor % 8))) != 0)
                return SysResult.None;
        return Errno.EINVAL;
    }
}
