using System.CommandLine;
using System.CommandLine.Parsing;
using Emu.Cli.Comparison;
using Emu.Cli.Control;
using Emu.Cli.Output;
using Emu.Cli.Running;
using Emu.Engine.Instrumentation.CommandLine;
using Emu.Guest.RiscV;
using Emu.Linux.Host;
using Emu.Linux.Process;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Cli.CommandLine;

/// <summary>The options of <c>emu</c>: one property each.</summary>
internal sealed class EmuCommand
{
    private readonly Option<bool> _help = new("--help", "-h", "-?") { Description = "Show help and usage information", Arity = ArgumentArity.Zero };
    private readonly Option<bool> _version = new("--version") { Description = "Show version information", Arity = ArgumentArity.Zero };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "With --version: what each plugin adds to this file, too", Arity = ArgumentArity.Zero };
    private readonly Option<string[]> _plugins = new("--plugin", "-p")
    {
        Description = "Watch with a plugin; repeatable. '-p help' lists them, '-p NAME,help' explains one",
        HelpName = "NAME[,option=value…]",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _sysroot = new("--sysroot", "-L") { Description = "Look for the guest's dynamic linker and libraries here first", HelpName = "DIR" };
    private readonly Option<string[]> _set = new("--env", "-E") { Description = "Set a variable of the guest's environment; repeatable", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _unset = new("--unset-env", "-U") { Description = "Remove a variable from the guest's environment; repeatable", HelpName = "NAME" };
    private readonly Option<string> _cpu = new("--cpu") { Description = "The guest's extensions: rv64gc, rva20u64, rva22u64, rva23u64 or max", HelpName = "NAME[,+EXT,-EXT…]", DefaultValueFactory = _ => CpuOption.Default };
    private readonly Option<bool> _strace = new("--strace") { Description = "Print the guest's system calls" };
    private readonly Option<string[]> _debug = new("--debug", "-d") { Description = "Print in_asm, ir, out, fault or unimp; switch off nofuse, nolower, nopass=NAME or nohost=FEATURE; verify; hot=N makes traces of blocks after N entries", HelpName = "LIST" };
    private readonly Option<string?> _log = new("--log", "-D") { Description = "Write what --debug, --strace and --stats print and what plugins log to a file; %p is the process", HelpName = "FILE" };
    private readonly Option<string> _report = new("--report") { Description = "Form of the plugins' reports: text, json or csv", HelpName = string.Join('|', ReportForms.Names), DefaultValueFactory = _ => "text" };
    private readonly Option<string> _pluginErrors = new("--plugin-errors") { Description = "When a plugin fails: stop the guest, or go on without it and say so at the end", HelpName = "stop|report", DefaultValueFactory = _ => "report" };
    private readonly Option<string?> _reportFile = new("--report-file") { Description = "Write the plugins' reports to a file instead of standard error; %p is the process", HelpName = "FILE" };
    private readonly Option<string> _backend = new("--backend") { Description = "What runs translated code", HelpName = string.Join('|', Backends.Names), DefaultValueFactory = _ => Backends.Best };
    private readonly Option<bool> _checkBackends = new("--check-backends") { Description = "Run each block by both backends and stop at the first difference; slow, without plugins" };
    private readonly Option<string?> _codeCache = new("--code-cache") { Description = "Keep so much translated code at most, 2M to 256M; when it is full all of it is dropped", HelpName = "SIZE[K|M|G]" };
    private readonly Option<bool> _perfMap = new("--perf-map") { Description = "Name translated code for Linux perf, in /tmp/perf-PID.map" };
    private readonly Option<bool> _oneInstruction = new("--one-insn-per-tb") { Description = "Translate one guest instruction per block" };
    private readonly Option<bool> _stats = new("--stats") { Description = "Print figures of the run at its end" };

    private readonly Option<string?> _gdb = new("--gdb") { Description = "Wait for a debugger (gdb's 'target remote') on a port or socket before the guest starts", HelpName = "[HOST:]PORT|PATH" };
    private readonly Option<string?> _control = new("--control") { Description = "Take commands at a socket while the guest runs: plugins come, go, change and report", HelpName = "SOCKET" };
    private readonly Option<string?> _call = new("--ctl") { Description = "Give a command to the emulator that takes them there; '--ctl SOCKET help' lists them", HelpName = "SOCKET COMMAND…" };
    private readonly Option<string?> _replay = new("--replay") { Description = "Have the plugins watch a recording that '-p record' has written, in place of PROGRAM", HelpName = "FILE" };
    private readonly Option<string?> _compare = new("--compare") { Description = "Tell what differs between two reports of --report json", HelpName = "A.json B.json" };
    private readonly Option<string?> _firstArgument = new("--argv0") { Description = "Set the name that the guest sees as its own, which is PROGRAM otherwise", HelpName = "NAME" };
    private readonly Option<string> _execution = new("--exec") { Description = "What the guest may execute: all, its own kind only, or nothing", HelpName = "native|emu|deny", DefaultValueFactory = _ => "native" };
    private readonly Option<int> _continued = new("--continued") { Hidden = true }; // a guest started this emulator by executing a program
    private readonly Option<bool> _ignoreBrokenPipes = new("--ignore-sigpipe") { Hidden = true };

    // Not a RootCommand: that one reads the texts of its own options from resources, which takes longer than all the rest of the command line.
    private readonly Command _root;

    private EmuCommand() =>
        _root = new("emu") { _help, _version, _verbose, _plugins, _sysroot, _set, _unset, _cpu, _strace, _debug, _log, _report, _reportFile, _pluginErrors, _backend, _checkBackends, _codeCache, _perfMap, _oneInstruction, _stats, _gdb, _control, _call, _replay, _compare, _firstArgument, _execution, _continued, _ignoreBrokenPipes };

    /// <summary>Reads the command line. Null if it only asked for help or the version, which has been printed.</summary>
    /// <exception cref="EmuFailure">It cannot be understood.</exception>
    public static RunOptions? Parse(string[] arguments) =>
        HostInterpretation.HasFirstArgument && arguments is [var file, var first, .. var others]
            ? new RunOptions { Program = file, FirstArgument = first, Arguments = others } :
        // Without options, as most often, nothing has to be made ready for them.
        arguments is [var program, .. var rest] && !ArgumentSplit.IsOption(program)
            ? new RunOptions { Program = program, Arguments = rest }
            : new EmuCommand().ParseOptions(arguments);

    /// <summary>For a program that is not there: text to append if an option was meant, or nothing.</summary>
    public static string HintForProgram(string program) => OptionErrors.HintForProgram(program, new EmuCommand()._root.Options);

    private RunOptions? ParseOptions(string[] arguments)
    {
        var split = ArgumentSplit.Of(arguments, TakesValue);
        var parsed = _root.Parse(split.Options, new ParserConfiguration { ResponseFileTokenReplacer = null });
        OptionErrors.Require(parsed, _root.Options, Asks(parsed, _help));
        return AnswerQuestion(parsed) ? null : Read(parsed, split);
    }

    private bool AnswerQuestion(ParseResult parsed)
    {
        if (Asks(parsed, _help))
            OptionHelp.Write(_root.Options, DescriptorWriter.StandardOutput);
        else if (!Asks(parsed, _version))
            return Asks(parsed, _verbose) ? throw new EmuFailure(ExitCodes.Failed, "--verbose goes with --version only; --stats and -d tell more of a run") : false;
        else if (parsed.Tokens.Count > (Asks(parsed, _verbose) ? 2 : 1))
            throw new EmuFailure(ExitCodes.Failed, "--version option cannot be combined with other arguments; try 'emu --help'");
        else
            VersionText.Write(DescriptorWriter.StandardOutput, Asks(parsed, _verbose));
        return true;
    }

    private static bool Asks(ParseResult parsed, Option<bool> question) => parsed.GetResult(question) is { Implicit: false };

    private RunOptions? Read(ParseResult parsed, ArgumentSplit split)
    {
        var guest = split.Guest;
        if (parsed.GetValue(_call) is { } socket)
        {
            RequireAlone(parsed, _call, _report);
            ControlCall.Make(socket, guest, parsed.GetValue(_report)!);
            return null;
        }

        if (parsed.GetValue(_compare) is { } report)
        {
            RequireAlone(parsed, _compare, _report);
            ReportComparison.Print(report, guest, parsed.GetValue(_report)!);
            return null;
        }

        var plugins = Selection(All(parsed, _plugins));
        if (plugins.Help is { } help)
        {
            DescriptorWriter.StandardOutput.Write(help);
            return null;
        }

        if (parsed.GetValue(_replay) is { } recording)
            return ReadReplay(parsed, recording, plugins.Plugins, guest);
        if (guest.Length == 0)
            throw new EmuFailure(ExitCodes.Failed, "no program is named; usage: emu [options] PROGRAM [ARGS…], or emu --help");
        return new RunOptions
        {
            Program = guest[0],
            Arguments = guest[1..],
            Plugins = plugins.Plugins,
            Sysroot = Directory(parsed.GetValue(_sysroot)),
            SetVariables = Assignments(All(parsed, _set)),
            UnsetVariables = Names(All(parsed, _unset)),
            Cpu = CpuNamed(parsed.GetValue(_cpu)!),
            Strace = parsed.GetValue(_strace),
            Debug = DebugItems.Parse(All(parsed, _debug)),
            LogFile = parsed.GetValue(_log),
            Report = ReportForms.Parse(parsed.GetValue(_report)!),
            ReportFile = parsed.GetValue(_reportFile),
            StopOnPluginError = StopsOnPluginError(parsed),
            Backend = Words.Require(parsed.GetValue(_backend)!, "backend", Backends.Names),
            ChecksBackends = ChecksBackends(parsed),
            CodeCacheBytes = parsed.GetValue(_codeCache) is { } size ? CodeCacheSize.Parse(size) : CodeCacheSize.Largest,
            PerfMap = parsed.GetValue(_perfMap),
            OneInstructionPerBlock = parsed.GetValue(_oneInstruction),
            Stats = parsed.GetValue(_stats),
            Debugger = DebuggerAt(parsed.GetValue(_gdb)),
            Control = ControlAt(parsed.GetValue(_control)),
            FirstArgument = parsed.GetValue(_firstArgument),
            Execution = ModeNamed(parsed.GetValue(_execution)!),
            FirstProcess = parsed.GetValue(_continued),
            IgnoresBrokenPipes = parsed.GetValue(_ignoreBrokenPipes),
            InheritedOptions = InheritedOptions.Of(split.Options, TakesValue),
        };
    }

    private RunOptions ReadReplay(ParseResult parsed, string recording, IReadOnlyList<ChosenPlugin> plugins, string[] guest)
    {
        RequireAlone(parsed, _replay, _plugins, _log, _report, _reportFile, _pluginErrors);
        if (guest.Length > 0)
            throw new EmuFailure(ExitCodes.Failed, $"--replay runs no program, but '{guest[0]}' is named");
        if (plugins.Count == 0)
            throw new EmuFailure(ExitCodes.Failed, "--replay needs a plugin that watches the recording: -p NAME; '-p help' lists them");
        return new RunOptions
        {
            Program = "",
            Arguments = [],
            Recording = recording,
            Plugins = plugins,
            LogFile = parsed.GetValue(_log),
            Report = ReportForms.Parse(parsed.GetValue(_report)!),
            ReportFile = parsed.GetValue(_reportFile),
            StopOnPluginError = StopsOnPluginError(parsed),
        };
    }

    private bool StopsOnPluginError(ParseResult parsed) => Words.Require(parsed.GetValue(_pluginErrors)!, "way to handle plugin errors", ["stop", "report"]) == "stop";

    // The parser makes the array of an option that is not there by reflection.
    private static string[] All(ParseResult parsed, Option<string[]> option) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) ?? [] : [];

    private static PluginSelection Selection(string[] texts)
    {
        // Without -p nobody has to know the plugins.
        if (texts.Length == 0)
            return new PluginSelection([], null);
        try
        {
            return PluginSelection.Parse(LinkedPlugins.Plugins, texts);
        }
        catch (PluginOptionException error)
        {
            throw new EmuFailure(ExitCodes.Failed, error.Message);
        }
    }

    private bool TakesValue(string argument) =>
        _root.Options.AsValueEnumerable().Any(option => option is not Option<bool> && option.Arity.MaximumNumberOfValues > 0 && (option.Name == argument || option.Aliases.Contains(argument)));

    private static IReadOnlyList<string> Assignments(string[] texts) =>
        Array.Find(texts, text => text.IndexOf('=') <= 0) is { } bad
            ? throw new EmuFailure(ExitCodes.Failed, $"'-E {bad}' sets nothing; write NAME=VALUE")
            : texts;

    private static IReadOnlyList<string> Names(string[] texts) =>
        Array.Find(texts, text => text.Length == 0 || text.Contains('=')) is { } bad
            ? throw new EmuFailure(ExitCodes.Failed, $"'-U {bad}' names no variable; write NAME")
            : texts;

    private static string? Directory(string? path) =>
        path is null || System.IO.Directory.Exists(path) ? path : throw new EmuFailure(ExitCodes.Failed, $"the sysroot '{path}' is not a directory");

    private static CpuModel CpuNamed(string text) =>
        CpuOption.TryParse(text, out var cpu, out var error) ? cpu : throw new EmuFailure(ExitCodes.Failed, error);

    private static ListenAddress? DebuggerAt(string? text) =>
        text is null ? null
        : ListenAddress.TryParse(text, out var address, out var error) ? address
        : throw new EmuFailure(ExitCodes.Failed, $"the address '{text}' of --gdb cannot be used: {error}");

    private static ListenAddress? ControlAt(string? text) =>
        text is null ? null
        : LinkedPlugins.Plugins.Count == 0 ? throw new EmuFailure(ExitCodes.Failed, "--control is for plugins, and this build has none")
        : ListenAddress.TryPath(text, out var address, out var error) ? address
        : throw new EmuFailure(ExitCodes.Failed, $"the socket '{text}' of --control cannot be used: {error}");

    private bool ChecksBackends(ParseResult parsed)
    {
        if (!parsed.GetValue(_checkBackends))
            return false;
        foreach (var other in (Option[])[_plugins, _stats, _gdb, _control, _backend])
            if (parsed.GetResult(other) is { Implicit: false })
                throw new EmuFailure(ExitCodes.Failed, $"--check-backends runs each block twice, so {other.Name} cannot be used with it");
        return true;
    }

    private void RequireAlone(ParseResult parsed, params ReadOnlySpan<Option> allowed)
    {
        foreach (var option in _root.Options)
            if (!allowed.Contains(option) && parsed.GetResult(option) is { Implicit: false })
                throw new EmuFailure(ExitCodes.Failed, $"{option.Name} is for a guest, and {allowed[0].Name} runs none");
    }

    private static ExecutionMode ModeNamed(string name) => name switch
    {
        "native" => ExecutionMode.Native,
        "emu" => ExecutionMode.Emulate,
        "deny" => ExecutionMode.Deny,
        _ => throw new EmuFailure(ExitCodes.Failed, $"unknown value '{name}' of --exec; there are: native, emu, deny"),
    };
}
