using System.Globalization;
using System.Text;
using Emu.Cli.CommandLine;
using Emu.Cli.Output;
using Emu.Engine.Instrumentation;
using Emu.Engine.Instrumentation.CommandLine;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Cli.Control;

/// <summary>What clients can ask for while the guest runs. On one thread that is no vCPU's.</summary>
internal sealed class ControlCommands
{
    private readonly PluginHost _host;
    private readonly Func<IReadOnlyList<RunFigure>> _figures;
    private readonly Action<int> _stop;
    private readonly ControlCommand[] _commands;

    /// <param name="host">The plugins.</param>
    /// <param name="figures">The figures of the run so far.</param>
    /// <param name="stop">Ends the guest with an exit code.</param>
    public ControlCommands(PluginHost host, Func<IReadOnlyList<RunFigure>> figures, Action<int> stop)
    {
        (_host, _figures, _stop) = (host, figures, stop);
        _commands =
        [
            new("help", "", 0, 0, "Lists the commands", _ => Help()),
            new("list", "", 0, 0, "Lists the plugins that watch, with their options", _ => List()),
            new("load", "NAME[,option=value…]", 1, 1, "Has one more plugin watch, as -p does", request => Load(request.Arguments[0])),
            new("unload", "NAME", 1, 1, "Takes a plugin away; what it has counted is gone, and nothing of it is left in the code", request => Unload(request.Arguments[0])),
            new("set", "NAME option[=value]…", 2, int.MaxValue, "Begins a plugin anew with options added to those that it has", request => Replace(request.Arguments[0], request.Arguments.AsValueEnumerable().Skip(1).ToArray())),
            new("reset", "NAME", 1, 1, "Begins a plugin anew", request => Replace(request.Arguments[0], [])),
            new("report", "[NAME]", 0, 1, "Reports what plugins have seen so far; --report FORM before it says how", Report),
            new("stats", "", 0, 0, "Tells figures of the run so far", _ => Figures()),
            new("quit", "[EXIT CODE]", 0, 1, "Ends the guest, with 0 if no other exit code is given; plugins report", request => Quit(request.Arguments.AsValueEnumerable().FirstOrDefault() ?? "0")),
        ];
    }

    /// <summary>Answers a line. Nothing is thrown.</summary>
    public byte[] Answer(byte[] line)
    {
        try
        {
            var request = ControlRequest.Parse(line);
            return Find(request).Run(request);
        }
        catch (Exception error)
        {
            return ControlAnswer.Refused(error is EmuFailure or PluginOptionException or PluginInstallException ? error.Message : $"{error.GetType().Name}: {error.Message}");
        }
    }

    private ControlCommand Find(ControlRequest request)
    {
        var command = Array.Find(_commands, command => command.Name == request.Command);
        if (command is null)
        {
            var names = Array.ConvertAll(_commands, command => command.Name);
            throw Refused($"no command is named '{request.Command}'{NearestName.Hint(request.Command, names)}; there are: {string.Join(", ", names)}");
        }

        return request.Arguments.Count >= command.Least && request.Arguments.Count <= command.Most ? command : throw Refused($"write: {command.Call}");
    }

    private byte[] Help()
    {
        var text = new StringBuilder();
        var width = _commands.AsValueEnumerable().Max(command => command.Call.Length);
        foreach (var command in _commands)
            text.Append($"{command.Call.PadRight(width)}  {command.Summary}\n");
        return ControlAnswer.Done(text.ToString());
    }

    private byte[] List()
    {
        var plugins = _host.Watching;
        var text = new StringBuilder();
        foreach (var plugin in plugins)
            text.Append($"{string.Join(',', [plugin.Name, .. plugin.Options])}{(plugin.HasFailed ? " (failed)" : "")}\n");
        return ControlAnswer.Done(text.ToString(), json =>
        {
            json.WriteStartArray("plugins");
            foreach (var plugin in plugins)
                Output.Report.Write(json, plugin);
            json.WriteEndArray();
        });
    }

    private byte[] Load(string choice)
    {
        var selection = PluginSelection.Parse(LinkedPlugins.Plugins, [choice]);
        if (selection.Help is { } help)
            return ControlAnswer.Done(help);
        var plugin = selection.Plugins[0];
        if (_host.Plugins.AsValueEnumerable().Any(other => other.Name == plugin.Descriptor.Name))
            throw Refused($"plugin '{plugin.Descriptor.Name}' watches already; 'set' changes its options");
        Change(() => _host.Install(plugin.Descriptor, plugin.Options));
        return ControlAnswer.Done("");
    }

    private byte[] Unload(string name)
    {
        var plugin = FindUnused(name);
        Change(() => _host.Uninstall(plugin.Id));
        return ControlAnswer.Done("");
    }

    private byte[] Replace(string name, string[] added)
    {
        var plugin = FindUnused(name);
        // Before anything is done: a bad option leaves the plugin as it is.
        var next = PluginSelection.Restate(plugin, added);
        Change(() =>
        {
            _host.Install(next.Descriptor, next.Options);
            _host.Uninstall(plugin.Id);
        });
        return ControlAnswer.Done("");
    }

    private byte[] Report(ControlRequest request)
    {
        var only = request.Arguments.Count == 0 ? null : Find(request.Arguments[0]);
        using var text = new MemoryStream();
        using (var writer = new StreamWriter(text, leaveOpen: true) { NewLine = "\n" })
        {
            ReportWriter report = ReportForms.Parse(request.Form) switch
            {
                ReportForm.Json => new JsonReportWriter(text),
                ReportForm.Csv => new CsvReportWriter(writer),
                _ => new TextReportWriter(writer),
            };
            Change(() => _host.ReportSoFar(report, only));
        }

        return ControlAnswer.Done(Encoding.UTF8.GetString(text.ToArray()));
    }

    private byte[] Figures()
    {
        var figures = _figures();
        return ControlAnswer.Done(RunStatistics.TextOf(figures), json =>
        {
            json.WriteStartObject("figures");
            foreach (var figure in figures)
                json.WriteString(figure.Name, figure.Value);
            json.WriteEndObject();
        });
    }

    private byte[] Quit(string code)
    {
        if (!byte.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var exitCode))
            throw Refused($"'{code}' is no exit code; write a number from 0 to 255");
        _stop(exitCode);
        return ControlAnswer.Done("");
    }

    private void Change(Action action)
    {
        if (!_host.TryWhileStopped(action))
            throw Refused("the guest has ended");
    }

    private PluginInstance Find(string name)
    {
        var plugins = _host.Watching;
        if (plugins.AsValueEnumerable().FirstOrDefault(plugin => plugin.Name == name) is { } found)
            return found;
        var names = plugins.AsValueEnumerable().Select(static plugin => plugin.Name).ToArray();
        throw Refused(names.Length == 0
            ? $"plugin '{name}' does not watch, and no other does; 'load {name}' has it watch"
            : $"plugin '{name}' does not watch{NearestName.Hint(name, names)}; those that do: {string.Join(", ", names)}");
    }

    /// <summary>A plugin that may be taken away, as no other needs it.</summary>
    private PluginInstance FindUnused(string name)
    {
        var plugin = Find(name);
        return _host.UsersOf(plugin) is [var user, ..]
            ? throw Refused($"plugin '{name}' provides what plugin '{user.Name}' needs; 'unload {user.Name}' first")
            : plugin;
    }

    private static EmuFailure Refused(string message) => new(ExitCodes.Failed, message);
}
