using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>
/// Limits and use of resources. The guest's limits are the host process's, but for those on address space, data, stack and locked memory: the
/// emulator's own memory would be counted in them, so the guest sees what it sets and the host process keeps its own.
/// </summary>
internal static unsafe class LimitCalls
{
    [Syscall(261)]
    public static SysResult Prlimit64(ref SyscallContext c, int process, Resource resource, GuestIn<HostLimit> wanted, GuestOut<HostLimit> old)
    {
        if (process != 0 && process != HostProcess.Id)
        {
            var foreign = wanted.Value;
            HostLimit held;
            var answer = c.Host(HostCall.Prlimit64, process, (nint)resource, wanted.IsNull ? 0 : (nint)(&foreign), (nint)(&held));
            return answer.IsError || old.IsNull ? answer : old.Set(ref c, held);
        }

        var before = c.Process.Limits.Get(resource, out var current);
        if (before.IsError)
            return before;
        if (!wanted.IsNull)
        {
            var set = c.Process.Limits.Set(resource, wanted.Value);
            if (set.IsError)
                return set;
        }

        return old.IsNull ? SysResult.None : old.Set(ref c, current);
    }

    [Syscall(163)]
    public static SysResult Getrlimit(ref SyscallContext c, Resource resource, GuestOut<HostLimit> result)
    {
        var answer = c.Process.Limits.Get(resource, out var current);
        return answer.IsError ? answer : result.Set(ref c, current);
    }

    [Syscall(164)]
    public static SysResult Setrlimit(ref SyscallContext c, Resource resource, GuestIn<HostLimit> wanted) =>
        wanted.IsNull ? Errno.EFAULT : c.Process.Limits.Set(resource, wanted.Value);

    // struct rusage is the same for guest and host.
    [Syscall(165)]
    public static SysResult Getrusage(ref SyscallContext c, int who, GuestPointer result) => c.Host(HostCall.Getrusage, who, result);
}
