namespace Emu.Linux.Calls;

/// <summary>Dispatch is generated from the methods with <see cref="SyscallAttribute"/>.</summary>
internal static partial class SyscallTable
{
    private static SysResult Unknown(ref SyscallContext context, ulong number)
    {
        context.Process.Unimplemented.Syscall(number);
        if (context.Trace is { } trace)
        {
            var line = trace.Begin(SyscallNames.Of(number) ?? $"syscall_{number}", Errno.ENOSYS);
            for (var index = 0; index < 6; index++)
                line.Next().Address(context[index]);
            trace.End(line, Errno.ENOSYS, SyscallReturns.Number);
        }

        return Errno.ENOSYS;
    }
}
