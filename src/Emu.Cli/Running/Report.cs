using Emu.Cli.CommandLine;
using Emu.Engine.Instrumentation;
using Emu.Plugins;

namespace Emu.Cli.Running;

/// <summary>Where the plugins' reports go: opened before the guest starts, so that an unwritable file is known early.</summary>
internal sealed class Report(RunOptions options)
{
    private readonly TextWriter _output = OutputFile.Open(options.ReportFile, "report file");

    /// <summary>Ends the plugins, which write their reports.</summary>
    public void Write(PluginHost? plugins)
    {
        if (plugins is null)
            return;
        if (options.JsonReport)
            WriteJson(plugins);
        else
            plugins.Exit(new TextReportWriter(_output));
        _output.Flush();
    }

    private void WriteJson(PluginHost plugins)
    {
        using var bytes = new MemoryStream();
        plugins.Exit(new JsonReportWriter(bytes));
        _output.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }
}
