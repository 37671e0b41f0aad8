using System.Globalization;
using System.Text;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Counts system calls and those that failed, or prints each.</summary>
[EmuPlugin("syscall", "Counts or prints system calls")]
public sealed partial class Syscall : Plugin, IOnSyscall, IOnSyscallReturn, IOnReport
{
    public static PluginTopic Topic => PluginTopic.System;

    public static string Example => "-p syscall PROGRAM";

    private const string Write = "write";
    private const int BytesInLine = 16;
    private const ulong LongestLogged = 1 << 20;

    private readonly Dictionary<long, Entry> _entries = [];
    private readonly Lock _gate = new();

    [Option("print", "Print each call and its result instead of counting")]
    public bool Print { get; init; }

    [Option("log_writes", "Log the bytes that write is given")]
    public bool LogWrites { get; init; }

    public void OnSyscall(in VCpu vcpu, in SystemCall call)
    {
        if (Print)
            Host.Log($"syscall #{call.Number} {call.Name}");
        else
            Count(call, calls: 1, errors: 0);
        if (LogWrites && call.Name == Write)
            LogBytes(vcpu, address: call[1], length: call[2]);
    }

    public void OnSyscallReturn(in VCpu vcpu, in SystemCall call, long result)
    {
        if (Print)
            Host.Log($"syscall #{call.Number} {call.Name} returned -> {result}");
        else if (IsError(result))
            Count(call, calls: 0, errors: 1);
    }

    public void OnReport(ReportWriter report)
    {
        if (Print)
            return;
        report.Heading("syscall no.  calls  errors");
        foreach (var (number, entry) in _entries.AsValueEnumerable().OrderByDescending(pair => pair.Value.Calls).ThenBy(pair => pair.Key))
            report.Row("calls", $"{number,-13}{entry.Calls,-6} {entry.Errors} {entry.Name}");
    }

    // Linux: the last page of numbers are errors.
    private static bool IsError(long result) => result is < 0 and >= -4095;

    // Several vCPUs may call at once.
    private void Count(in SystemCall call, ulong calls, ulong errors)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(call.Number, out var entry))
                _entries.Add(call.Number, entry = new Entry(call.Name));
            entry.Calls += calls;
            entry.Errors += errors;
        }
    }

    private void LogBytes(in VCpu vcpu, ulong address, ulong length)
    {
        var bytes = new byte[Math.Min(length, LongestLogged)];
        if (!vcpu.TryReadMemory(address, bytes))
        {
            Host.Log($"cannot read the {length} bytes at 0x{address:x}");
            return;
        }

        Host.Log($"writing {length} bytes of 0x{address:x}:");
        for (var start = 0; start < bytes.Length; start += BytesInLine)
            Host.Log(LineOf(start, bytes.AsSpan(start, Math.Min(BytesInLine, bytes.Length - start))));
    }

    /// <summary>Offset, numbers, and the characters of those that are ASCII.</summary>
    private static string LineOf(int offset, ReadOnlySpan<byte> bytes)
    {
        var (numbers, characters) = (new StringBuilder(), new StringBuilder());
        foreach (var value in bytes)
        {
            numbers.Append(CultureInfo.InvariantCulture, $" {value:x2}");
            characters.Append(value is >= 0x20 and < 0x7f ? (char)value : '.');
        }

        return string.Create(CultureInfo.InvariantCulture, $"{offset:x8} {numbers.ToString().PadRight(3 * BytesInLine)}  {characters}");
    }

    private sealed class Entry(string name)
    {
        public string Name { get; } = name;

        public ulong Calls { get; set; }

        public ulong Errors { get; set; }
    }
}
