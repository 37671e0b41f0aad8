using System.Text;
using Emu.Engine.Instrumentation;
using Emu.Plugins;

namespace Emu.Cli.Output;

/// <summary>The plugins' reports, written when the guest has ended.</summary>
internal static class Report
{
    /// <summary>Ends the plugins, which write their reports.</summary>
    /// <param name="plugins">The plugins.</param>
    /// <param name="asJson">As one JSON object instead of lines of text.</param>
    /// <param name="output">Takes the report.</param>
    public static void Write(PluginHost plugins, bool asJson, TextWriter output)
    {
        if (asJson)
            WriteJson(plugins, output);
        else
            plugins.Exit(new TextReportWriter(output));
    }

    private static void WriteJson(PluginHost plugins, TextWriter output)
    {
        using var bytes = new MemoryStream();
        plugins.Exit(new JsonReportWriter(bytes));
        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).TrimEnd());
    }
}
