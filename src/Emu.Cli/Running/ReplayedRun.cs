using System.Diagnostics;
using Emu.Cli.CommandLine;
using Emu.Cli.Output;
using Emu.Guest.RiscV;
using Emu.Linux.Process;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using Emu.Replay;

namespace Emu.Cli.Running;

/// <summary>A run without a guest: plugins are driven by a recording, and report as at the end of any run.</summary>
internal sealed class ReplayedRun
{
    private readonly RunOptions _options;
    private readonly OutputFile _log;
    private readonly OutputFile _report;
    private readonly PluginFiles _files = new();
    private ReplayRun<LinkedPlugins>? _run;

    private ReplayedRun(RunOptions options)
    {
        _options = options;
        (_log, _report) = GuestRun.OpenOutputs(options);
    }

    /// <summary>Replays.</summary>
    /// <returns>The exit code: 0, or what a plugin ended the replay with.</returns>
    /// <exception cref="EmuFailure">The recording makes no sense, a plugin refused or failed, or what was asked for could not be written.</exception>
    public static int Run(string recording, RunOptions options)
    {
        // Known to the compiler, which then leaves the replay out.
        if (LinkedPlugins.Reachable == PluginEvents.None)
            throw new EmuFailure(ExitCodes.Failed, "--replay is for plugins, and this build has none that listen");
        return new ReplayedRun(options).Play(Recording.InFile(recording));
    }

    private int Play(Recording recording)
    {
        try
        {
            using var run = _run = new ReplayRun<LinkedPlugins>(recording, Options());
            foreach (var (plugin, options) in _options.Plugins)
                run.Install(plugin, options);
            _log.Begin(isContinuation: false);
            _report.Begin(isContinuation: false);
            _files.Begin(isContinuation: false);
            return PlayToEnd(run);
        }
        catch (Exception error) when (error is RecordingException or PluginInstallException or PluginOptionException)
        {
            _log.Abandon();
            _report.Abandon();
            _files.Abandon();
            throw new EmuFailure(ExitCodes.Failed, error.Message);
        }
    }

    private int PlayToEnd(ReplayRun<LinkedPlugins> run)
    {
        var started = Stopwatch.GetTimestamp();
        var code = run.Play() ?? 0;
        var outcome = new RunOutcome(new GuestExit(code, 0), Stopwatch.GetElapsedTime(started));
        Report.Write(run.Plugins, _options with { Program = run.Plugins.Guest.ProgramPath }, outcome, _report.Writer);
        _log.RequireWritten();
        _report.RequireWhole();
        return run.Plugins.Failures is [var first, ..] ? throw GuestRun.FailureOf(first) : code;
    }

    private ReplayOptions Options() => new()
    {
        Guest = static name => new RiscVGuest(CpuModel.Max) is var guest && guest.Name == name ? guest : null,
        Log = _log.Writer.WriteLater,
        LogFlushed = _log.Writer.Flush,
        OpenFile = _files.Open,
        Failed = failure =>
        {
            DescriptorWriter.StandardError.WriteLine(failure.ToString());
            if (_options.StopOnPluginError)
                _run?.Stop(ExitCodes.Failed);
        },
        Stopped = GuestRun.TellStop,
    };
}
