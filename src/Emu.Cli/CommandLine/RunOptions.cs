using Emu.Engine.Instrumentation.CommandLine;
using Emu.Guest.RiscV;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Cli.CommandLine;

/// <summary>What the command line asked for.</summary>
internal sealed record RunOptions
{
    /// <summary>Path of the guest program, as given.</summary>
    public required string Program { get; init; }

    /// <summary>The guest's arguments behind its name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The file with a recording to replay in place of a program, or null.</summary>
    public string? Recording { get; init; }

    /// <summary>What the <c>-p</c> options ask for, in order.</summary>
    public IReadOnlyList<ChosenPlugin> Plugins { get; init; } = [];

    /// <summary>Directory under which absolute guest paths of the dynamic linker and libraries are looked up first, or null.</summary>
    public string? Sysroot { get; init; }

    /// <summary><c>K=V</c> texts to set in the guest's environment.</summary>
    public IReadOnlyList<string> SetVariables { get; init; } = [];

    /// <summary>Names to remove from it.</summary>
    public IReadOnlyList<string> UnsetVariables { get; init; } = [];

    /// <summary>The extensions that the guest may use.</summary>
    public CpuModel Cpu { get; init; } = CpuModel.Max;

    public bool Strace { get; init; }

    public DebugItems Debug { get; init; } = DebugItems.None;

    /// <summary>File for debug output and what plugins log, or null for standard error.</summary>
    public string? LogFile { get; init; }

    /// <summary>In what form plugins report.</summary>
    public ReportForm Report { get; init; }

    /// <summary>File for plugin reports, or null for standard error.</summary>
    public string? ReportFile { get; init; }

    /// <summary>True to end the guest when a plugin fails, false to go on without the plugin.</summary>
    public bool StopOnPluginError { get; init; }

    /// <summary>One of <see cref="Running.Backends.Names"/>.</summary>
    public string Backend { get; init; } = Running.Backends.Best;

    /// <summary>Run each block by both backends and compare.</summary>
    public bool ChecksBackends { get; init; }

    /// <summary>Bytes of translated code at most.</summary>
    public long CodeCacheBytes { get; init; } = CodeCacheSize.Largest;

    /// <summary>Name translated code for Linux perf.</summary>
    public bool PerfMap { get; init; }

    public bool OneInstructionPerBlock { get; init; }

    public bool Stats { get; init; }

    /// <summary>True if anything is asked for that the emulator writes while the guest runs or when it has ended.</summary>
    public bool IsWatched => Plugins.Count > 0 || Control is not null || ChecksBackends || PerfMap || Strace || Stats || Debug.WantsTranslations || Debug.Fault || Debug.Unimplemented;

    /// <summary>Where a debugger connects, or null for none.</summary>
    public ListenAddress? Debugger { get; init; }

    /// <summary>Where plugins are asked for, changed and taken away while the guest runs, or null for nowhere.</summary>
    public ListenAddress? Control { get; init; }

    /// <summary>What the guest sees as its own name, or null for the program's path.</summary>
    public string? FirstArgument { get; init; }

    /// <summary>Who runs the programs that the guest executes.</summary>
    public ExecutionMode Execution { get; init; }

    /// <summary>If a guest started this emulator by executing a program: the number of the process that all began with; else 0.</summary>
    public int FirstProcess { get; init; }

    /// <summary>True if a guest started this emulator by executing a program.</summary>
    public bool IsContinuation => FirstProcess != 0;

    /// <summary>True if that guest ignored SIGPIPE.</summary>
    public bool IgnoresBrokenPipes { get; init; }

    /// <summary>The options that hold for the programs that the guest executes, as they were given.</summary>
    public IReadOnlyList<string> InheritedOptions { get; init; } = [];
}
