using Emu.Linux.Calls;

namespace Emu.Linux.Process;

// System calls as plugins see them.
public sealed partial class LinuxProcess
{
    /// <summary>Before a system call: tells plugins, one of which may answer it; null if it is to be made.</summary>
    private SysResult? AskPlugins(LinuxThread thread, ulong number)
    {
        if (thread.VCpu.Machine.Plugins is not { } plugins)
            return null;
        // What plugins have logged until now stands before what the guest is about to show.
        plugins.FlushLog();
        if (!plugins.WatchesSyscalls)
            return null;
        for (var i = 0; i < thread.CallArguments.Length; i++)
            thread.CallArguments[i] = thread.VCpu.Register(Abi.Arguments[i]);
        var isAnswered = plugins.BeginSyscall(thread.VCpu, (long)number, NameOf(number), thread.CallArguments, out var result);
        plugins.FlushLog();
        return isAnswered ? result : null;
    }

    /// <summary>After a system call that came back.</summary>
    private static void TellPlugins(LinuxThread thread, ulong number, SysResult result)
    {
        if (thread.VCpu.Machine.Plugins is { WatchesSyscalls: true } plugins && !thread.HasEnded)
            plugins.EndSyscall(thread.VCpu, (long)number, NameOf(number), thread.CallArguments, result.Value);
    }

    private static string NameOf(ulong number) => SyscallNames.Of(number) ?? "";
}
