using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Linux.Calls;
using Emu.Linux.Host;
using Emu.Plugins;

namespace Emu.Linux.Process;

// System calls, and what the process does to itself, as plugins see them.
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

    /// <summary>The thread goes on elsewhere than where it was.</summary>
    /// <param name="thread">The thread, with the registers that it goes on with.</param>
    /// <param name="kind">Why.</param>
    /// <param name="from">Where it was.</param>
    /// <param name="signal">The signal's number, or 0.</param>
    internal static void TellDiscontinuity(LinuxThread thread, DiscontinuityKind kind, ulong from, int signal) =>
        Watching(thread, PluginEvents.Discontinuity)?.Discontinued(thread.VCpu, new Discontinuity(kind, from, thread.VCpu.Pc, signal));

    /// <summary>A range was mapped; the length need not be one of whole pages.</summary>
    internal static void TellMapped(LinuxThread thread, ulong start, ulong length)
    {
        Watching(thread, PluginEvents.MapChange)?.Mapped(thread.VCpu, start, start + GuestMemory.RoundUp(length));
        Watching(thread, PluginEvents.ModuleLoad)?.CodeMapped(thread.VCpu);
    }

    /// <summary>A range was unmapped.</summary>
    internal static void TellUnmapped(LinuxThread thread, ulong start, ulong length) =>
        Watching(thread, PluginEvents.MapChange)?.MapChanged(thread.VCpu, new MapChange { Kind = MapChangeKind.Unmap, Start = start, End = start + GuestMemory.RoundUp(length) });

    /// <summary>The rights of a range were changed, perhaps of its beginning only.</summary>
    internal static void TellProtected(LinuxThread thread, ulong start, ulong length, PagePermissions permissions)
    {
        Watching(thread, PluginEvents.MapChange)?.Protected(thread.VCpu, start, start + GuestMemory.RoundUp(length), permissions);
        Watching(thread, PluginEvents.ModuleLoad)?.CodeMapped(thread.VCpu);
    }

    /// <summary>A range was moved or resized; the old one is not mapped any more.</summary>
    internal static void TellMoved(LinuxThread thread, ulong oldStart, ulong oldLength, ulong start, ulong length) =>
        Watching(thread, PluginEvents.MapChange)?.Moved(thread.VCpu, oldStart, oldStart + GuestMemory.RoundUp(oldLength), start, start + GuestMemory.RoundUp(length));

    /// <summary>The process was copied, or could not be: <paramref name="result"/> is what the thread gets.</summary>
    internal static void TellForked(LinuxThread thread, SysResult result, bool sharesMemory)
    {
        if (!result.IsError)
            Watching(thread, PluginEvents.Fork)?.Forked(thread.VCpu, new Fork(result.Value == 0, result.Value == 0 ? HostProcess.Id : (int)result.Value, sharesMemory));
    }

    /// <summary>A program is about to be executed.</summary>
    internal static void TellExecuting(LinuxThread thread, byte[] path, List<byte[]> arguments) =>
        Watching(thread, PluginEvents.Exec)?.Executing(thread.VCpu, RawText.Decode(path), arguments.ConvertAll(static argument => RawText.Decode(argument)));

    private static PluginHost? Watching(LinuxThread thread, PluginEvents events) =>
        thread.VCpu.Machine.Plugins is { } plugins && plugins.Watches(events) ? plugins : null;

    private static string NameOf(ulong number) => SyscallNames.Of(number) ?? "";
}
