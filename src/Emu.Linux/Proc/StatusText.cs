using System.Globalization;
using System.Text;
using Emu.Linux.Calls.Values;
using Emu.Linux.Process;

namespace Emu.Linux.Proc;

/// <summary><c>status</c> and <c>limits</c>: the host's, with what is the guest's in its place.</summary>
internal static class StatusText
{
    /// <summary>Lines of the host's architecture that the guest's does not have.</summary>
    private static readonly string[] Foreign = ["x86_Thread_features", "x86_Thread_features_locked", "untag_mask"];

    public static string Of(LinuxProcess process, ProcIdentity identity, string host)
    {
        var values = Values(process, identity);
        var text = new StringBuilder();
        foreach (var line in host.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? line : line[..colon];
            if (Array.IndexOf(Foreign, name) < 0)
                text.Append(values.TryGetValue(name, out var value) ? $"{name}:\t{value}" : line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The limits that the guest has of its own; columns of 26, 21, 21 and 10 (fs/proc/base.c, proc_pid_limits).</summary>
    public static string Limits(LinuxProcess process, string host)
    {
        (string Name, Resource Resource)[] own =
        [
            ("Max data size", Resource.RLIMIT_DATA), ("Max stack size", Resource.RLIMIT_STACK), ("Max resident set", Resource.RLIMIT_RSS),
            ("Max locked memory", Resource.RLIMIT_MEMLOCK), ("Max address space", Resource.RLIMIT_AS),
        ];
        var lines = host.Split('\n');
        for (var index = 0; index < lines.Length; index++)
            foreach (var (name, resource) in own)
                if (lines[index].StartsWith(name, StringComparison.Ordinal) && !process.Limits.Get(resource, out var limit).IsError)
                    lines[index] = $"{name,-25} {Text(limit.Soft),-20} {Text(limit.Hard),-20} {"bytes",-10}";
        return string.Join('\n', lines);

        static string Text(ulong value) => value == ulong.MaxValue ? "unlimited" : value.ToString(CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string> Values(LinuxProcess process, ProcIdentity identity)
    {
        var (sizes, signals) = (MemorySizes.Of(process), process.SignalSetsOf(identity.Thread));
        var (mostTotal, mostResident) = process.NotePeak(sizes.Total, sizes.Resident);
        return new Dictionary<string, string>
        {
            ["VmPeak"] = Kilobytes(mostTotal), ["VmSize"] = Kilobytes(sizes.Total), ["VmLck"] = Kilobytes(sizes.Locked), ["VmHWM"] = Kilobytes(mostResident),
            ["VmRSS"] = Kilobytes(sizes.Resident), ["RssAnon"] = Kilobytes(sizes.ResidentAnonymous), ["RssFile"] = Kilobytes(sizes.ResidentFile),
            ["RssShmem"] = Kilobytes(sizes.ResidentShared), ["VmData"] = Kilobytes(sizes.Data), ["VmStk"] = Kilobytes(sizes.Stack), ["VmExe"] = Kilobytes(sizes.Code),
            ["VmLib"] = Kilobytes(sizes.Libraries), ["VmSwap"] = Kilobytes(sizes.Swapped),
            ["Threads"] = process.ThreadCount.ToString(CultureInfo.InvariantCulture),
            ["SigPnd"] = Set(signals.Pending), ["SigBlk"] = Set(signals.Blocked), ["SigIgn"] = Set(signals.Ignored), ["SigCgt"] = Set(signals.Caught),
        };
    }

    private static string Kilobytes(ulong bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 10,8} kB");

    private static string Set(ulong signals) => string.Create(CultureInfo.InvariantCulture, $"{signals:x16}");
}
