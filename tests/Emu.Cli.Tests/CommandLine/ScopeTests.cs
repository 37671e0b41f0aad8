using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;
using TUnit.Assertions.Enums;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>Plugins that are shown a part of the program: what they count is what the log of a whole run has there, at the addresses that <c>nm</c> tells.</summary>
public sealed partial class ScopeTests
{
    private const string Guest = "bin/sort";
    private static readonly Lazy<Executed[]> Log = new(ReadLog);
    private static readonly Lazy<Dictionary<string, (ulong Start, ulong End)>> Functions = new(ReadFunctions);

    [Test]
    [MatrixDataSource]
    public async Task E3_counts_are_those_of_the_whole_log_filtered(
        [Matrix("range", "start+size", "ranges", "symbol", "symbols", "symbol and range", "load", "load and store in a function", "compressed", "branches by name", "module", "nowhere")] string what,
        [Matrix("threaded", "x64")] string backend)
    {
        var (scope, includes) = ScopeOf(what);
        var expected = Log.Value.Where(includes).ToArray();
        var error = Launch.Emu("--backend", backend, "-p", "insn" + scope, "-p", "bb,inline" + scope, "-p", "mem" + scope, Guest).Run().ErrorText;
        await Assert.That(Number(InsnTotal(), error)).IsEqualTo(expected.Length);
        await Assert.That(Number(BlockTotal(), error)).IsEqualTo(expected.Length);
        await Assert.That(Number(MemTotal(), error)).IsEqualTo(expected.Sum(static insn => insn.Accesses));
        await Assert.That(expected.Length > 0 && expected.Length < Log.Value.Length).IsEqualTo(what is not ("module" or "nowhere"));
    }

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task E3_a_log_in_scope_is_that_part_of_the_whole_log(string backend)
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("--backend", backend, "-p", $"execlog,symbol=partition,class=load,class=branch,outfile={scratch.File("log")}", Guest).Run();
        var (start, end) = Functions.Value["partition"];
        var expected = Log.Value.Where(insn => insn.Address >= start && insn.Address < end && (IsLoad(insn) || IsBranch(insn))).Select(static insn => insn.Line);
        await Assert.That(File.ReadAllLines(scratch.File("log")).SequenceEqual(expected)).IsTrue();
    }

    [Test]
    [Arguments("threaded", "bin/sort")]
    [Arguments("x64", "bin/sort")]
    [Arguments("x64", "bin/integer")]
    public async Task E3_a_program_that_no_plugin_is_shown_is_translated_as_without_plugins(string backend, string guest)
    {
        using var scratch = new ScratchFolder();
        string[] Lines(string log, params string[] plugins)
        {
            Launch.Emu(["--backend", backend, "-d", "ir,hot=64", "-D", scratch.File(log), .. plugins, guest]).Run();
            return File.ReadAllLines(scratch.File(log));
        }

        var alone = Lines("alone");
        await Assert.That(Lines("scoped", "-p", "execlog,range=0", "-p", "mem,class=load,range=0").SequenceEqual(alone)).IsTrue();
        await Assert.That(Lines("shown", "-p", "mem").SequenceEqual(alone)).IsFalse();
    }

    [Test]
    public async Task E3_each_plugin_has_its_own_scope()
    {
        var error = Launch.Emu("-p", "insn,symbol=partition", "-p", "mem,symbol=sort", "-p", "bb", Guest).Run().ErrorText;
        await Assert.That(Number(InsnTotal(), error)).IsEqualTo(Log.Value.Count(insn => IsIn(insn, "partition")));
        await Assert.That(Number(MemTotal(), error)).IsEqualTo(Log.Value.Where(insn => IsIn(insn, "sort")).Sum(static insn => insn.Accesses));
        await Assert.That(Number(BlockTotal(), error)).IsEqualTo(Log.Value.Length);
    }

    [Test]
    public async Task E3_symbols_of_a_library_that_is_loaded_while_the_program_runs()
    {
        var root = Environment.GetEnvironmentVariable("EMU_ROOT") ?? "";
        Skip.When(root.Length == 0, "EMU_ROOT does not name a Debian root for riscv64: tests/root/make-root.sh makes one");
        string[] program = [$"{root}/usr/bin/dash", "-c", "echo hi"];
        using var scratch = new ScratchFolder();
        Launch.Emu(["-L", root, "-p", $"execlog,outfile={scratch.File("log")}", "-p", "events,only=modules", "-D", scratch.File("modules"), .. program]).Run();
        var libc = File.ReadLines(scratch.File("modules")).Select(line => LibraryLine().Match(line)).Single(static match => match.Success);
        var (start, end) = (ParseHex(libc.Groups[1].Value), ParseHex(libc.Groups[2].Value));
        var expected = File.ReadLines(scratch.File("log")).Select(Parse).Count(insn => insn.Address >= start && insn.Address < end);
        var error = Launch.Emu(["-L", root, "-p", "insn,module=libc.so.?", .. program]).Run().ErrorText;
        await Assert.That(expected).IsGreaterThan(0);
        await Assert.That(Number(InsnTotal(), error)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("insn,class=laod", "plugin 'insn': option 'class' does not take 'laod' (did you mean 'load'?); allowed: illegal, alu, ")]
    [Arguments("insn,mnemonic=adddi", "plugin 'insn': option 'mnemonic' does not take 'adddi' (did you mean 'addi'?); allowed: ")]
    [Arguments("insn,range=5-5", "plugin 'insn': option 'range' does not take '5-5'; allowed: addresses as START-END")]
    [Arguments("insn,symbol=", "plugin 'insn': option 'symbol' does not take ''; allowed: a text that is not empty")]
    [Arguments("insn,module", "plugin 'insn': option 'module' needs a value: a text")]
    [Arguments("insn,simbol=main", "plugin 'insn' has no option 'simbol' (did you mean 'symbol'?); there are: inline, ")]
    [Arguments("syscall,symbol=main", "plugin 'syscall' has no option 'symbol'; there are: ")]
    public async Task E3_what_cannot_be_a_scope_is_refused(string plugin, string message) => await Launch.Emu("-p", plugin, Guest).Run().AssertRefused(125, message);

    [Test]
    [Arguments("symbol=partitoin", "symbol=partitoin names no function of the files whose code ran (did you mean 'partition'?)")]
    [Arguments("module=sorted", "module=sorted names no file whose code ran (did you mean 'sort'?); there were: sort")]
    public async Task E3_a_name_that_nothing_was_found_for_is_told_of_at_the_end(string scope, string line)
    {
        var outcome = Launch.Emu("-p", $"insn,{scope},symbol=s*", Guest).Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(outcome.ErrorText.Split('\n').Single(static said => said.StartsWith("emu: ", StringComparison.Ordinal))).IsEqualTo($"emu: plugin 'insn': {line}");
    }

    [Test]
    public async Task E3_the_options_are_explained_for_plugins_that_have_them()
    {
        var help = Launch.Emu("-p", "help,insn,syscall").Run().OutputText;
        var (insn, syscall) = (help[..help.IndexOf("syscall:", StringComparison.Ordinal)], help[help.IndexOf("syscall:", StringComparison.Ordinal)..]);
        await Assert.That(insn).Contains("\nTo be shown only what each of these includes, by one of its values:\n");
        var common = insn[insn.IndexOf("To be", StringComparison.Ordinal)..].Split('\n')[1..^1].Select(static line => line.TrimStart().Split('=')[0]);
        await Assert.That(common).IsEquivalentTo(
            ["range", "symbol", "module", "class", "mnemonic", "To be told of it only some of the time:", "skip", "count", "every", "thread", "start", "stop"], CollectionOrdering.Matching);
        await Assert.That(syscall).DoesNotContain("range");
    }

    private static (string Options, Func<Executed, bool> Includes) ScopeOf(string what)
    {
        var (partition, checksum) = (Functions.Value["partition"], Functions.Value["checksum"]);
        return what switch
        {
            "range" => ($",range=0x{partition.Start + 6:x}-0x{partition.End - 4:x}", insn => insn.Address >= partition.Start + 6 && insn.Address < partition.End - 4),
            "start+size" => ($",range=0x{partition.Start:x}+{partition.End - partition.Start}", static insn => IsIn(insn, "partition")),
            "ranges" => ($",range=0x{partition.Start:x}-0x{partition.End:x},range=0x{checksum.Start:x}-0x{checksum.End:x}", static insn => IsIn(insn, "partition") || IsIn(insn, "checksum")),
            "symbol" => (",symbol=partition", static insn => IsIn(insn, "partition")),
            "symbols" => (",symbol=mem???,symbol=sort", static insn => IsIn(insn, "memcmp") || IsIn(insn, "memcpy") || IsIn(insn, "memset") || IsIn(insn, "sort")),
            "symbol and range" => ($",symbol=partition,range=0-0x{partition.Start + 16:x}", insn => IsIn(insn, "partition") && insn.Address < partition.Start + 16),
            "load" => (",class=load", IsLoad),
            "load and store in a function" => (",class=load,class=store,symbol=sort", static insn => IsIn(insn, "sort") && insn.Accesses > 0),
            "compressed" => (",mnemonic=c.*", static insn => (insn.Opcode & 3) != 3),
            "branches by name" => (",mnemonic=b*,mnemonic=c.b*", IsBranch),
            "module" => (",module=sort", static _ => true),
            "nowhere" => (",module=libc*", static _ => false),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "no such scope"),
        };
    }

    private static bool IsIn(Executed insn, string function) => insn.Address >= Functions.Value[function].Start && insn.Address < Functions.Value[function].End;

    private static bool IsLoad(Executed insn) => LoadText().IsMatch(insn.Text);

    private static bool IsBranch(Executed insn) => BranchText().IsMatch(insn.Text);

    private static Executed[] ReadLog()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"execlog,outfile={scratch.File("log")}", Guest).Run();
        return [.. File.ReadLines(scratch.File("log")).Select(Parse)];
    }

    private static Executed Parse(string line)
    {
        var match = LogLine().Match(line);
        return new(line, ParseHex(match.Groups[1].Value), ParseHex(match.Groups[2].Value), match.Groups[3].Value, match.Groups[4].Captures.Count);
    }

    private static Dictionary<string, (ulong Start, ulong End)> ReadFunctions() =>
        SymbolLine().Matches(Launch.Tool("nm", "-S", Guest).Run().OutputText).ToDictionary(
            static match => match.Groups[3].Value,
            static match => (ParseHex(match.Groups[1].Value), ParseHex(match.Groups[1].Value) + ParseHex(match.Groups[2].Value)));

    private static ulong ParseHex(string text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static int Number(Regex regex, string text) => int.Parse(regex.Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

    private sealed record Executed(string Line, ulong Address, ulong Opcode, string Text, int Accesses);

    [GeneratedRegex("^\\d+, 0x([0-9a-f]+), 0x([0-9a-f]+), \"([^\"]+)\"(, (?:load|store), 0x[0-9a-f]+)*$")]
    private static partial Regex LogLine();

    [GeneratedRegex("^([0-9a-f]{16}) ([0-9a-f]{16}) [tT] (\\S+)$", RegexOptions.Multiline)]
    private static partial Regex SymbolLine();

    [GeneratedRegex("^l[bhwd]u? ")]
    private static partial Regex LoadText();

    [GeneratedRegex("^b(eq|ne|lt|ge|gt|le)u?z? ")]
    private static partial Regex BranchText();

    [GeneratedRegex("^thread 1: module \\S+/libc\\.so\\.6 base 0x[0-9a-f]+ from 0x([0-9a-f]+) to 0x([0-9a-f]+) ")]
    private static partial Regex LibraryLine();

    [GeneratedRegex(@"^total insns: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex InsnTotal();

    [GeneratedRegex(@"^Total: bb's: \d+, insns: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex BlockTotal();

    [GeneratedRegex(@"^mem accesses: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex MemTotal();
}
