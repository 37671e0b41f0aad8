using System.Text.Json;
using Emu.Linux.Host;
using ZLinq;

namespace Emu.Cli.Comparison;

/// <summary>A report of <c>--report json</c>: for each of its members, what was run and the plugins, its rows.</summary>
internal sealed class ReportFile
{
    /// <summary>The member that tells what was run.</summary>
    public const string Run = "emu";

    /// <summary>Of the run: no two have the same.</summary>
    private const string Process = "process";

    private readonly Dictionary<string, Dictionary<string, ReportRow>> _members = [];

    private ReportFile(JsonElement report)
    {
        foreach (var member in report.EnumerateObject())
            if (member.Value.ValueKind == JsonValueKind.Object)
                new RowReader(_members[member.Name] = []).Read("", member.Value, member.Name == Run ? [Process] : []);
    }

    /// <summary>The names of the members, in their order.</summary>
    public IEnumerable<string> Members => _members.Keys;

    /// <summary>Reads a report.</summary>
    /// <exception cref="EmuFailure">There is no such file, or no report in it.</exception>
    public static ReportFile Read(string path)
    {
        if (!HostFiles.TryReadWhole(path, out var contents))
            throw new EmuFailure(ExitCodes.Failed, $"there is no file '{path}' to compare");
        try
        {
            using var document = JsonDocument.Parse(contents);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(Run, out var run) && run.ValueKind == JsonValueKind.Object
                ? new ReportFile(document.RootElement)
                : throw new EmuFailure(ExitCodes.Failed, $"'{path}' is no report of --report json: it has no member '{Run}'");
        }
        catch (JsonException error)
        {
            throw new EmuFailure(ExitCodes.Failed, $"'{path}' is no report of --report json, or more than one: {error.Message}");
        }
    }

    /// <summary>The rows of a member by their names, in their order; none if it is not there.</summary>
    public IReadOnlyDictionary<string, ReportRow> Rows(string member) => _members.GetValueOrDefault(member) ?? [];

    /// <summary>Whether it has a member.</summary>
    public bool Has(string member) => _members.ContainsKey(member);

    /// <summary>The program and its arguments.</summary>
    public string Title => Rows(Run).GetValueOrDefault("") is { } run
        ? run.Fields.AsValueEnumerable().Where(static value => value.Name is "program" or "arguments").Select(static value => value.Text).Where(static text => text.Length > 0).JoinToString(" ")
        : "";
}
