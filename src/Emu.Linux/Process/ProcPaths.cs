using System.Buffers.Text;

namespace Emu.Linux.Process;

/// <summary>A file of <c>/proc</c> that is about the process itself or its machine and would tell of the emulator if the host answered.</summary>
internal enum ProcFile
{
    /// <summary>Any other path.</summary>
    None,
    /// <summary><c>exe</c></summary>
    Executable,
    /// <summary><c>cmdline</c></summary>
    CommandLine,
    /// <summary><c>maps</c></summary>
    Maps,
    /// <summary><c>auxv</c></summary>
    AuxiliaryVector,
    /// <summary><c>environ</c></summary>
    Environment,
    /// <summary><c>/proc/cpuinfo</c>, which tells of the machine instead of the process.</summary>
    Processors,
}

/// <summary>Recognises such paths: <c>/proc/self/NAME</c>, <c>/proc/thread-self/NAME</c> and <c>/proc/PID/NAME</c> with the own number (proc(5)).</summary>
internal static class ProcPaths
{
    public static ProcFile Recognise(ReadOnlySpan<byte> path)
    {
        if (!path.StartsWith("/proc/"u8))
            return ProcFile.None;
        if (path.SequenceEqual("/proc/cpuinfo"u8))
            return ProcFile.Processors;
        var rest = path["/proc/"u8.Length..];
        var slash = rest.IndexOf((byte)'/');
        if (slash < 0 || !IsSelf(rest[..slash]))
            return ProcFile.None;
        var name = rest[(slash + 1)..];
        return
            name.SequenceEqual("exe"u8) ? ProcFile.Executable :
            name.SequenceEqual("cmdline"u8) ? ProcFile.CommandLine :
            name.SequenceEqual("maps"u8) ? ProcFile.Maps :
            name.SequenceEqual("auxv"u8) ? ProcFile.AuxiliaryVector :
            name.SequenceEqual("environ"u8) ? ProcFile.Environment :
            ProcFile.None;
    }

    private static bool IsSelf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("self"u8) || name.SequenceEqual("thread-self"u8)
        || (Utf8Parser.TryParse(name, out int number, out var length) && length == name.Length && number == System.Environment.ProcessId);
}
