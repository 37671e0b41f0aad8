using System.ComponentModel;
using Emu.Backend.Threaded;
using Emu.Cli.CommandLine;
using Emu.Engine;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Linux.Loading;
using Emu.Linux.Process;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Cli.Running;

/// <summary>One run of a guest program: puts guest, backend, operating system and plugins together, runs, reports, ends as the guest did.</summary>
internal sealed class GuestRun : IDisposable
{
    private readonly RunOptions _options;
    private readonly IReadOnlyList<(PluginDescriptor Plugin, OptionValues Options)> _chosen;
    private readonly TextWriter _log;
    private readonly Report _report;
    private readonly GuestMemory _memory;
    private readonly Machine _machine;
    private readonly LinuxProcess _process;

    private GuestRun(RunOptions options)
    {
        _options = options;
        _chosen = PluginArguments.Parse(options.Plugins);
        _log = OutputFile.Open(options.LogFile, "log file");
        _report = new Report(options);
        var guest = new RiscVGuest();
        _memory = new GuestMemory();
        _machine = new Machine(guest, new ThreadedBackend(guest.StateSize, options.Debug.Fuse), _memory) { Translation = TranslationOf(options) };
        _process = new LinuxProcess(ProcessOptionsOf(options), guest, _memory);
    }

    /// <summary>Runs the guest; the result is Emu's exit code. A guest that was killed by a signal ends this process by it.</summary>
    /// <exception cref="EmuFailure">The guest could not be started.</exception>
    public static int Run(RunOptions options)
    {
        try
        {
            using var run = new GuestRun(options);
            var exit = run.RunToEnd();
            if (exit.IsKilled)
                OwnSignal.DieBy(exit.Signal);
            return exit.Code;
        }
        catch (ProgramLoadException error)
        {
            throw new EmuFailure(error.ExitCode, error.Message);
        }
        catch (Exception error) when (error is PluginInstallException or PluginOptionException)
        {
            throw new EmuFailure(ExitCodes.Failed, error.Message);
        }
        catch (Win32Exception error)
        {
            throw new EmuFailure(ExitCodes.Failed, $"the host gives no memory for the guest: {error.Message}; is 'ulimit -v' set?");
        }
    }

    private GuestExit RunToEnd()
    {
        var plugins = InstallPlugins();
        var vcpu = _machine.AddVCpu();
        _process.StartMainThread(vcpu);
        new VCpuLoop(vcpu, _process).Run();
        var exit = _process.Exit ?? throw new InvalidOperationException("the guest's last thread ended, but not its process");
        _report.Write(plugins);
        if (_options.Stats)
            RunStatistics.Write(_machine, _log);
        return exit;
    }

    private PluginHost? InstallPlugins()
    {
        if (_chosen.Count == 0)
            return null;
        var host = new PluginHost<LinkedPlugins>(_machine, DescribeGuest(), line => Console.Error.WriteLine(line));
        var callbacks = default(ThreadedCallbacks);
        LinkedPlugins.BindCallbacks(ref callbacks);
        _machine.Plugins = host;
        foreach (var (plugin, options) in _chosen)
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

    private LinuxProcessOptions ProcessOptionsOf(RunOptions options)
    {
        var arguments = RawInput.LastArguments(options.Arguments.Count + 1);
        return new LinuxProcessOptions
        {
            ProgramPath = arguments[0],
            Arguments = arguments,
            Environment = RawInput.Environment(options.UnsetVariables, options.SetVariables),
            Sysroot = options.Sysroot,
            Trace = options.Strace ? _log : null,
            Unimplemented = options.Debug.Unimplemented ? _log : null,
        };
    }

    public void Dispose()
    {
        _process.Dispose();
        _machine.Dispose();
        _memory.Dispose();
        _log.Flush();
    }
}
