using System.Text;
using System.Text.Json;
using Emu.Cli.CommandLine;
using Emu.Cli.Running;
using Emu.Engine.Instrumentation;
using Emu.Linux.Host;
using Emu.Plugins;

namespace Emu.Cli.Output;

/// <summary>The plugins' reports, written when the guest has ended.</summary>
internal static class Report
{
    /// <summary>Ends the plugins, which write their reports.</summary>
    /// <param name="plugins">The plugins.</param>
    /// <param name="options">What was run, and in what form the report is.</param>
    /// <param name="outcome">How the guest ended.</param>
    /// <param name="output">Takes the report.</param>
    public static void Write(PluginHost plugins, RunOptions options, RunOutcome outcome, TextWriter output)
    {
        if (options.Report != ReportForm.Json)
        {
            using var text = new StringWriter();
            plugins.Exit(options.Report == ReportForm.Csv ? new CsvReportWriter(text) : new TextReportWriter(text));
            output.Write(text.ToString());
            return;
        }

        using var bytes = new MemoryStream();
        plugins.Exit(new JsonReportWriter(bytes, json => WriteHead(json, options, outcome, plugins)));
        if (options.Plugins.Count > 0 || options.Control is not null)
            output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).TrimEnd());
    }

    /// <summary>The member <c>emu</c>: what was run, with what, and how it ended.</summary>
    private static void WriteHead(Utf8JsonWriter json, RunOptions options, RunOutcome outcome, PluginHost plugins)
    {
        json.WriteStartObject("emu");
        json.WriteString("version", VersionText.Number);
        json.WriteNumber("pluginApi", PluginApi.Version);
        json.WriteString("program", options.Program);
        WriteTexts(json, "arguments", options.Arguments);
        json.WriteStartArray("plugins");
        foreach (var plugin in plugins.Watching)
            Write(json, plugin);
        json.WriteEndArray();
        json.WriteString("backend", plugins.Machine.Backend.Name);
        json.WriteNumber("seconds", Math.Round(outcome.Time.TotalSeconds, 6));
        json.WriteNumber("process", HostProcess.Id);
        if (outcome.IsReplaced)
            json.WriteBoolean("executes", true);
        else if (outcome.Exit.IsKilled)
            json.WriteNumber("signal", outcome.Exit.Signal);
        else
            json.WriteNumber("exitCode", outcome.Exit.Code);
        json.WriteEndObject();
    }

    /// <summary>A plugin and its options.</summary>
    public static void Write(Utf8JsonWriter json, PluginInstance plugin)
    {
        json.WriteStartObject();
        json.WriteString("name", plugin.Name);
        WriteTexts(json, "options", plugin.Options);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
