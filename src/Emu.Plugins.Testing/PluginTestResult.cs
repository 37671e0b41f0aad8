using System.Text;
using Emu.Replay;
using ZLinq;

namespace Emu.Plugins.Testing;

/// <summary>What plugins have done in a test: reports, lines of the log, files.</summary>
public sealed class PluginTestResult
{
    private readonly List<PluginReport> _reports;
    private readonly Dictionary<string, CapturedFile> _files;

    internal PluginTestResult(IReadOnlyList<CollectedPlugin> reports, IReadOnlyList<string> log, Dictionary<string, CapturedFile> files, int? exitCode)
    {
        _reports = reports.AsValueEnumerable().Select(static report => new PluginReport(report)).ToList();
        (_files, Log, ExitCode) = (files, log, exitCode);
    }

    /// <summary>What plugins have logged, and messages about them, in the order in which they came.</summary>
    public IReadOnlyList<string> Log { get; }

    /// <summary>The exit code that a plugin has ended the recording with (<see cref="Host.Stop"/>), or null.</summary>
    public int? ExitCode { get; }

    /// <summary>The names of the files that plugins have opened, as they gave them.</summary>
    public IReadOnlyCollection<string> FileNames => _files.Keys;

    /// <summary>The report of the only plugin that has reported.</summary>
    /// <exception cref="PluginTestException">None has, or several have.</exception>
    public PluginReport Report => _reports is [var only] ? only : throw new PluginTestException($"one plugin was expected to report; there were: {Reporting}");

    /// <summary>The report of a plugin.</summary>
    /// <exception cref="PluginTestException">It has not reported.</exception>
    public PluginReport ReportOf(string plugin) =>
        _reports.Find(report => report.Plugin == plugin) ?? throw new PluginTestException($"plugin '{plugin}' has not reported; there were: {Reporting}");

    private string Reporting => _reports.AsValueEnumerable().Select(static report => report.Plugin).JoinToString(", ");

    /// <summary>The bytes that were written to a file, by the name that its plugin gave it.</summary>
    /// <exception cref="PluginTestException">No plugin has opened it.</exception>
    public byte[] File(string name) =>
        _files.TryGetValue(name, out var file) ? file.Content : throw new PluginTestException($"no plugin has opened a file '{name}'; there were: {string.Join(", ", _files.Keys)}");

    /// <summary>The same as text in UTF-8.</summary>
    /// <exception cref="PluginTestException">No plugin has opened it.</exception>
    public string TextOf(string name) => Encoding.UTF8.GetString(File(name));

    /// <summary>A file as a recording, if the plugin was one that writes those.</summary>
    /// <exception cref="PluginTestException">No plugin has opened it.</exception>
    public Recording RecordingIn(string name) => Recording.Of(TextOf(name));
}
