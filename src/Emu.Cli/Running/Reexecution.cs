using Emu.Cli.CommandLine;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Cli.Running;

/// <summary>How a guest that executes a program gets its next emulator.</summary>
internal static class Reexecution
{
    /// <summary>The emulator's own file, open, and its options. Null if there is no /proc to find the file by.</summary>
    public static ExecutionOptions? Of(RunOptions options)
    {
        // Open from the start: a guest may change its root directory, or somebody replace the file.
        var descriptor = HostFiles.OpenOwnFile();
        if (descriptor < 0)
            return null;
        var arguments = new List<byte[]> { RawText.HostArguments()[0] };
        foreach (var option in options.InheritedOptions)
            arguments.Add(RawText.Encode(option));
        var first = options.IsContinuation ? options.FirstProcess : Environment.ProcessId;
        arguments.Add(RawText.Encode($"--continued={first}"));
        return new ExecutionOptions(options.Execution, HostDescriptors.Reserve(descriptor), arguments);
    }
}
