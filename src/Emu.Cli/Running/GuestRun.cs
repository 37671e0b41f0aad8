using System.ComponentModel;
using Emu.Cli.CommandLine;
using Emu.Cli.Output;
using Emu.Engine;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Linux.Host;
using Emu.Linux.Loading;
using Emu.Linux.Process;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Cli.Running;

/// <summary>One run of a guest program: puts guest, backend, operating system and plugins together, runs, reports, ends as the guest did.</summary>
internal sealed class GuestRun : IDisposable
{
    private readonly RunOptions _options;
    private readonly TextWriter _log;
    private readonly TextWriter _report;
    private readonly GuestMemory _memory;
    private readonly Machine _machine;
    private readonly LinuxProcess _process;

    private GuestRun(RunOptions options, TextWriter log, TextWriter report)
    {
        (_options, _log, _report) = (options, log, report);
        var guest = new RiscVGuest(options.Cpu);
        _memory = new GuestMemory();
        _machine = new Machine(guest, Backends.Choose(options, guest, _memory), _memory) { Translation = TranslationOf(options) };
        _process = new LinuxProcess(ProcessOptionsOf(options), guest, _memory);
    }

    /// <summary>Runs the guest; the result is Emu's exit code. A guest that was killed by a signal ends this process by it.</summary>
    /// <exception cref="EmuFailure">The guest could not be started, or what it was watched for could not be written.</exception>
    public static int Run(RunOptions options)
    {
        var log = new OutputFile(options.LogFile, "log file");
        var report = OpenReport(options, log);
        var exit = Start(options, log, report);
        log.RequireWritten();
        report.RequireWritten();
        return HostSignals.Follow(exit);
    }

    private static OutputFile OpenReport(RunOptions options, OutputFile log)
    {
        try
        {
            return new OutputFile(options.ReportFile, "report file");
        }
        catch (EmuFailure)
        {
            log.Abandon();
            throw;
        }
    }

    private static GuestExit Start(RunOptions options, OutputFile log, OutputFile report)
    {
        try
        {
            using var run = new GuestRun(options, log.Writer, report.Writer);
            var plugins = run.InstallPlugins();
            log.Begin();
            report.Begin();
            return run.RunToEnd(plugins);
        }
        catch (Exception error) when (FailureOf(error) is { } failure)
        {
            log.Abandon();
            report.Abandon();
            throw failure;
        }
    }

    /// <summary>What kept the guest from starting, if it is one of the things that can.</summary>
    private static EmuFailure? FailureOf(Exception error) => error switch
    {
        EmuFailure failure => failure,
        ProgramLoadException problem => new EmuFailure(problem.ExitCode, problem.Message),
        PluginInstallException or PluginOptionException => new EmuFailure(ExitCodes.Failed, error.Message),
        Win32Exception => new EmuFailure(ExitCodes.Failed, $"the host gives no memory for the guest: {error.Message}; is 'ulimit -v' set?"),
        _ => null,
    };

    private GuestExit RunToEnd(PluginHost? plugins)
    {
        var vcpu = _machine.AddVCpu();
        _process.StartMainThread(vcpu);
        if (plugins is not null || _options.Stats)
            _process.OutliveGuest(vcpu);
        new VCpuLoop(vcpu, _process).Run();
        var exit = _process.Exit ?? throw new InvalidOperationException("the guest's last thread ended, but not its process");
        if (plugins is not null)
            Report.Write(plugins, _options.JsonReport, _report);
        if (_options.Stats)
            RunStatistics.Write(_machine, _log);
        return exit;
    }

    private PluginHost? InstallPlugins()
    {
        // The second half is known to the compiler, which then leaves out all that plugins need.
        if (_options.Plugins.Count == 0 || LinkedPlugins.Reachable == PluginEvents.None)
            return null;
        var host = new PluginHost<LinkedPlugins>(_machine, DescribeGuest(), DescriptorWriter.StandardError.WriteLine);
        Backends.Bind(_machine.Backend);
        host.Symbols = new ElfSymbols(RawText.Encode(Path.GetFullPath(_options.Program)), _process.Program.LoadBias);
        _machine.Plugins = host;
        foreach (var (plugin, options) in _options.Plugins)
            host.Install(plugin, options);
        return host;
    }

    private GuestInfo DescribeGuest() => new()
    {
        TargetName = _machine.Guest.Name,
        VCpus = 1,
        ProgramPath = _options.Program,
        StartCode = _process.Program.CodeStart,
        EndCode = _process.Program.CodeEnd,
        EntryCode = _process.Program.Entry,
    };

    private TranslationOptions TranslationOf(RunOptions options) => new()
    {
        MaxInstructions = options.OneInstructionPerBlock ? 1 : new TranslationOptions().MaxInstructions,
        Passes = options.Debug.Passes,
        Verify = options.Debug.Verify,
        Log = options.Debug.WantsTranslations ? new TextLog(options.Debug, _log) : null,
    };

    private LinuxProcessOptions ProcessOptionsOf(RunOptions options) =>
        new()
        {
            ProgramPath = RawText.Encode(options.Program),
            Arguments = Array.ConvertAll<string, byte[]>([options.Program, .. options.Arguments], RawText.Encode),
            Environment = GuestEnvironment.Of(RawText.HostEnvironment(), options.UnsetVariables, options.SetVariables),
            Sysroot = options.Sysroot,
            Trace = options.Strace ? _log : null,
            Unimplemented = options.Debug.Unimplemented ? _log : null,
        };

    public void Dispose()
    {
        _process.Dispose();
        _machine.Dispose();
        (_machine.Backend as IDisposable)?.Dispose();
        _memory.Dispose();
    }
}
