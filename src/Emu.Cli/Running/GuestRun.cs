using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Emu.Cli.CommandLine;
using Emu.Cli.Control;
using Emu.Cli.Output;
using Emu.Engine;
using Emu.Engine.Checking;
using Emu.Engine.Contracts;
using Emu.Engine.Instrumentation;
using Emu.Engine.Instrumentation.Lifecycle;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Linux.Control;
using Emu.Linux.Host;
using Emu.Linux.Loading;
using Emu.Linux.Process;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Cli.Running;

/// <summary>One run of a guest program: puts guest, backend, operating system and plugins together, runs, reports, ends as the guest did.</summary>
internal sealed class GuestRun
{
    private readonly RunOptions _options;
    private readonly OutputFile _log;
    private readonly OutputFile _report;
    private readonly PluginFiles _files;
    private readonly OutputFile? _perfMap;
    private readonly LinuxProgram _program;
    private readonly Machine _machine;
    private readonly LinuxProcess _process;
    private readonly InstructionCount _count = new();
    private DebuggedRun? _debugged;
    private ControlledRun? _controlled;
    private long _started;
    private bool _isChild;
    private bool _differ;

    private GuestRun(RunOptions options, OutputFile log, OutputFile report, PluginFiles files)
    {
        (_options, _log, _report, _files) = (options, log, report, files);
        var guest = new RiscVGuest(options.Cpu);
        _perfMap = options.PerfMap ? new OutputFile(PerfMap.FileName, "perf map") : null;
        _program = new LinuxProgram(ProcessOptionsOf(options), guest, memory => BackendOf(options, guest, memory), TranslationOf(options), options.CodeCacheBytes);
        (_machine, _process) = (_program.Machine, _program.Process);
    }

    /// <summary>Runs the guest, and ends this process as the guest ended.</summary>
    /// <exception cref="EmuFailure">The guest could not be started, a plugin failed, or what the guest was watched for could not be written.</exception>
    [DoesNotReturn]
    public static void Run(RunOptions options)
    {
        var (log, report) = OpenOutputs(options);
        if (options.IsWatched)
            DescriptorWriter.StandardError.KeepFromGuest();
        Finish(Start(options, log, report), log, report);
    }

    [DoesNotReturn]
    private static void Finish(RunOutcome outcome, OutputFile log, OutputFile report)
    {
        log.RequireWritten();
        report.RequireWhole();
        if (outcome.Failures is [var first, ..])
            throw FailureOf(first);
        HostSignals.Follow(outcome.Exit);
    }

    /// <summary>What a run ends with in which a plugin has failed.</summary>
    public static EmuFailure FailureOf(PluginFailure failure) =>
        new(ExitCodes.Failed, $"plugin '{failure.Plugin}' failed, so what it reports is missing or not whole: {failure.Reason}");

    /// <summary>Opens where the log and the reports go.</summary>
    /// <exception cref="EmuFailure">One of them cannot be written.</exception>
    public static (OutputFile Log, OutputFile Report) OpenOutputs(RunOptions options)
    {
        var log = new OutputFile(options.LogFile, "log file");
        try
        {
            return (log, new OutputFile(options.ReportFile, "report file"));
        }
        catch (EmuFailure)
        {
            log.Abandon();
            throw;
        }
    }

    private static RunOutcome Start(RunOptions options, OutputFile log, OutputFile report)
    {
        var files = new PluginFiles();
        GuestRun? run = null;
        try
        {
            // Never given back: the host process ends with the guest, while threads of it may be anywhere.
            run = new GuestRun(options, log, report, files);
            run.InstallPlugins();
            run.OpenControl();
            run.WaitForDebugger();
            log.Begin(options.IsContinuation);
            report.Begin(options.IsContinuation);
            files.Begin(options.IsContinuation);
            run._perfMap?.Begin(options.IsContinuation);
            return run.RunToEnd();
        }
        catch (Exception error) when (FailureOf(error, options) is { } failure)
        {
            log.Abandon();
            report.Abandon();
            files.Abandon();
            run?._perfMap?.Abandon();
            run?._controlled?.End();
            throw failure;
        }
    }

    /// <summary>What kept the guest from starting, if it is one of the things that can.</summary>
    private static EmuFailure? FailureOf(Exception error, RunOptions options) => error switch
    {
        EmuFailure failure => failure,
        ProgramLoadException problem => new EmuFailure(problem.ExitCode, problem.Message + (problem.ExitCode == ExitCodes.NotFound ? EmuCommand.HintForProgram(options.Program) : "")),
        PluginInstallException or PluginOptionException => new EmuFailure(ExitCodes.Failed, error.Message),
        Win32Exception => new EmuFailure(ExitCodes.Failed, $"the host gives no memory for the guest: {error.Message}{(HostLimits.OfMemory() is { Length: > 0 } limits ? $" ({limits})" : "")}"),
        _ => null,
    };

    private RunOutcome RunToEnd()
    {
        _program.Start();
        _debugged?.Start();
        if (_debugged is not null || _machine.Plugins is not null || _perfMap is not null || _options.Stats || _options.Debug.Fault)
            _process.OutliveGuest();
        _started = Stopwatch.GetTimestamp();
        _controlled?.Start(new ControlCommands(_machine.Plugins!, Figures, _process.Stop));
        return TellOf(_program.Run());
    }

    /// <summary>Before the process is copied: what waits to be written would be written by both.</summary>
    private void SendWaiting()
    {
        _machine.Plugins?.FlushOutputs();
        _log.Writer.Flush();
        _report.Writer.Flush();
        _perfMap?.Writer.Flush();
        _files.Share();
    }

    /// <summary>In the copy: a file for each process is a new one. What plugins have counted is copied like all memory.</summary>
    private void PartFromParent()
    {
        (_started, _isChild) = (Stopwatch.GetTimestamp(), true);
        _debugged?.LeaveToParent();
        _controlled?.LeaveToParent();
        _controlled = null;
        _log.PartFromParent();
        _perfMap?.PartFromParent();
        _report.PartFromParent();
        _files.PartFromParent();
    }

    /// <summary>The guest is about to execute another program: plugins tell of what ran until now. In a forked child that is its parent's, and told there.</summary>
    private void EndProgram()
    {
        if (_machine.Plugins is not { } plugins)
            return;
        plugins.FlushOutputs();
        if (_isChild)
            return;
        _controlled?.End();
        Report.Write(plugins, _options, new RunOutcome(default, Stopwatch.GetElapsedTime(_started)) { IsReplaced = true }, _report.Writer);
        SendWaiting();
    }

    /// <summary>The end of a child of the guest's that began on another thread than this process did.</summary>
    private void EndChild(GuestExit exit)
    {
        try
        {
            Finish(TellOf(exit), _log, _report);
        }
        catch (EmuFailure failure)
        {
            DescriptorWriter.StandardError.WriteLine($"emu: error: {failure.Message}");
            HostSignals.Follow(new GuestExit(failure.ExitCode, 0));
        }
    }

    private RunOutcome TellOf(GuestExit exit)
    {
        _debugged?.TellEnd(exit);
        _controlled?.End();
        var outcome = new RunOutcome(exit, Stopwatch.GetElapsedTime(_started));
        // Before the plugins' end, which drops the code.
        var statistics = _options.Stats ? RunStatistics.TextOf(Figures()) : "";
        if (_machine.Plugins is { } plugins)
        {
            Report.Write(plugins, _options, outcome, _report.Writer);
            outcome = outcome with { Failures = plugins.Failures };
        }

        if (_options.Debug.Fault && exit.Site is { } site)
            _log.Writer.WriteLine(site.Describe(PlaceOf(site.Pc)));
        _log.Writer.Write(statistics);
        _perfMap?.RequireWritten();
        return outcome;
    }

    private void InstallPlugins()
    {
        // The second half is known to the compiler, which then leaves out all that plugins need.
        if ((_options.Plugins.Count == 0 && !_options.Stats && _options.Control is null) || LinkedPlugins.Reachable == PluginEvents.None)
            return;
        var host = new PluginHost<LinkedPlugins>(_machine, DescribeGuest(), _log.Writer.WriteLater) { LogFlushed = _log.Writer.Flush, Failed = OnPluginFailed, Stopping = StopGuest, OpenFile = _files.Open, ConnectPeer = PeerSocket.Connect };
        Backends.Bind(_machine.Backend);
        host.Symbols = _program.Symbols;
        _machine.Plugins = host;
        foreach (var (plugin, options) in _options.Plugins)
            host.Install(plugin, options);
        if (_options.Stats)
            host.Install(InstructionCount.DescriptorOf(_count), new OptionValues("stats"));
    }

    private IReadOnlyList<RunFigure> Figures() => RunStatistics.Of(
        _machine,
        !_options.Stats ? "not counted without --stats"
        : _machine.Plugins is null ? "not counted, as no plugin is in this build"
        : string.Create(CultureInfo.InvariantCulture, $"{_count.Executed}"));

    private void OpenControl()
    {
        if (_options.Control is { } address)
            _controlled = ControlledRun.Open(address);
    }

    private void WaitForDebugger()
    {
        if (_options.Debugger is { } address)
            _debugged = DebuggedRun.Await(address, _machine, _process);
    }

    private void OnPluginFailed(PluginFailure failure)
    {
        DescriptorWriter.StandardError.WriteLine(failure.ToString());
        if (_options.StopOnPluginError)
            _process.Stop(ExitCodes.Failed);
    }

    /// <summary>The first difference is told; what follows from it is not.</summary>
    private void OnBackendsDiffer(BackendDifference difference)
    {
        if (Interlocked.Exchange(ref _differ, true))
            return;
        DescriptorWriter.StandardError.WriteLine($"emu: error: {difference}");
        _process.Stop(ExitCodes.Failed);
    }

    private void StopGuest(string plugin, int exitCode, string message)
    {
        TellStop(plugin, message);
        _process.Stop(exitCode);
    }

    /// <summary>Says why a plugin ends the run, if it does.</summary>
    public static void TellStop(string plugin, string message)
    {
        if (message.Length > 0)
            DescriptorWriter.StandardError.WriteLine($"emu: plugin '{plugin}': {message.ReplaceLineEndings(" ")}");
    }

    private GuestInfo DescribeGuest() =>
        _program.Description with { IsFirstProcess = !_options.IsContinuation || _options.FirstProcess == Environment.ProcessId };

    private IBackend BackendOf(RunOptions options, IGuest guest, GuestMemory memory) =>
        options.ChecksBackends ? Backends.MakeChecked(options, guest, memory, OnBackendsDiffer) : Backends.Make(options, guest, memory);

    private TranslationOptions TranslationOf(RunOptions options) => new()
    {
        MaxInstructions = options.OneInstructionPerBlock ? 1 : new TranslationOptions().MaxInstructions,
        Passes = options.Debug.Passes,
        LowerCallbacks = options.Debug.Lower,
        TraceAfter = options.Debug.Hot,
        Verify = options.Debug.Verify,
        Log = _perfMap is { } map ? new PerfMap(map, PlaceOf, TextLogOf(options)) : TextLogOf(options),
    };

    private string? PlaceOf(ulong address) => _program.Symbols.PlaceOf(address);

    private TextLog? TextLogOf(RunOptions options) => options.Debug.WantsTranslations ? new TextLog(options.Debug, _log.Writer) : null;

    private LinuxProcessOptions ProcessOptionsOf(RunOptions options) =>
        new()
        {
            ProgramPath = RawText.Encode(options.Program),
            Arguments = Array.ConvertAll<string, byte[]>([options.FirstArgument ?? options.Program, .. options.Arguments], RawText.Encode),
            Environment = GuestEnvironment.Of(RawText.HostEnvironment(), options.UnsetVariables, options.SetVariables),
            Sysroot = options.Sysroot,
            Trace = options.Strace ? _log.Writer : null,
            OwnsHostProcess = true,
            IgnoresBrokenPipes = options.IgnoresBrokenPipes,
            Execution = Reexecution.Of(options),
            Forking = SendWaiting,
            Forked = PartFromParent,
            Executing = EndProgram,
            Ending = EndChild,
            Unimplemented = options.Debug.Unimplemented ? _log.Writer : null,
        };
}
