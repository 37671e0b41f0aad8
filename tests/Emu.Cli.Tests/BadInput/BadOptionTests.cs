using Emu.Cli.Tests.Launching;
using TUnit.Assertions.Enums;

namespace Emu.Cli.Tests.BadInput;

/// <summary>Command lines that cannot be understood or obeyed: one line that names the thing, 125, and the guest does not run.</summary>
public sealed class BadOptionTests
{
    [Test]
    [Arguments("no program is named")]
    [Arguments("no program is named", "--")]
    [Arguments("no program is named", "-p", "insn")]
    [Arguments("unknown option '--bogus'", "--bogus", "bin/hello")]
    [Arguments("unknown option '--plugins'", "--plugins", "insn", "bin/hello")]
    [Arguments("unknown option '-x'", "-x", "bin/hello")]
    [Arguments("unknown option '--plugins' (did you mean '--plugin'?)", "--plugins", "insn", "bin/hello")]
    [Arguments("unknown option '--reportfile=x' (did you mean '--report-file'?)", "--reportfile=x", "bin/hello")]
    [Arguments("option '-p' needs a value: NAME[,option=value…]", "-p")]
    [Arguments("option '-D' needs a value: FILE", "-D")]
    [Arguments("option '--report' needs a value: text|json|csv", "--report")]
    [Arguments("option '-D' is given more than once", "-D", "a", "-D", "b", "bin/hello")]
    [Arguments("maybe", "--one-insn-per-tb=maybe", "bin/hello")]
    [Arguments("no plugin is named 'nosuch'; there are: bb, ", "-p", "nosuch", "bin/hello")]
    [Arguments("no plugin is named 'nosuch'", "-p", "nosuch,help")]
    [Arguments("no plugin is named 'Insn'", "-p", "Insn", "bin/hello")]
    [Arguments("needs a plugin's name; there are: bb, ", "-p", "", "bin/hello")]
    [Arguments("needs a plugin's name", "-p", ",inline", "bin/hello")]
    [Arguments("stands before any plugin's name", "-p", "inline=on", "bin/hello")]
    [Arguments("plugin 'insn' has no option 'bogus'; there are: inline", "-p", "insn,bogus", "bin/hello")]
    [Arguments("plugin 'empty' has no option 'inline'; there are: range, symbol, module, class, mnemonic, skip, count, every, thread, start, stop", "-p", "empty,inline", "bin/hello")]
    [Arguments("option 'inline' does not take 'maybe'; allowed: on, yes", "-p", "insn,inline=maybe", "bin/hello")]
    [Arguments("an option of plugin 'mem' is empty; write NAME[,option=value…]", "-p", "mem,", "bin/hello")]
    [Arguments("plugin 'insn' has no option ''; there are: inline", "-p", "insn,=x", "bin/hello")]
    [Arguments("plugin 'insn': option 'match' does not take ''; allowed: a text that is not empty", "-p", "insn,match=", "bin/hello")]
    [Arguments("plugin 'howvec': option 'count' does not take ''", "-p", "howvec,count=", "bin/hello")]
    [Arguments("unknown debug item ''; there are: in_asm", "-d", "", "bin/hello")]
    [Arguments("unknown debug item ''", "-d", "in_asm,", "bin/hello")]
    [Arguments("unknown debug item 'unimpl' (did you mean 'unimp'?)", "-d", "unimpl", "bin/hello")]
    [Arguments("unknown pass 'cuonters' (did you mean 'counters'?)", "-d", "nopass=cuonters", "bin/hello")]
    [Arguments("no plugin is named 'nosuch'", "-p", "help,nosuch")]
    [Arguments("plugin 'mem': option 'haddr' needs a full machine", "-p", "mem,haddr", "bin/hello")]
    [Arguments("unknown way to handle plugin errors 'stopp' (did you mean 'stop'?); there are: stop, report", "--plugin-errors", "stopp", "bin/hello")]
    [Arguments("option 'inline' does not take ''", "-p", "insn,inline=", "bin/hello")]
    [Arguments("option 'limit' does not take '-1'", "-p", "hotblocks,limit=-1", "bin/hello")]
    [Arguments("option 'limit' does not take 'x'", "-p", "hotblocks,limit=x", "bin/hello")]
    [Arguments("option 'track' does not take 'z'; allowed: r, w, rw", "-p", "mem,track=z", "bin/hello")]
    [Arguments("plugin 'howvec': option 'count' does not take 'nosuch'", "-p", "howvec,count=nosuch", "bin/hello")]
    [Arguments("unknown backend 'bogus'; there are: threaded", "--backend", "bogus", "bin/hello")]
    [Arguments("--check-backends runs each block twice, so --plugin cannot be used with it", "--check-backends", "-p", "insn", "bin/hello")]
    [Arguments("--check-backends runs each block twice, so --stats cannot be used with it", "--stats", "--check-backends", "bin/hello")]
    [Arguments("--check-backends runs each block twice, so --gdb cannot be used with it", "--check-backends", "--gdb", "0", "bin/hello")]
    [Arguments("--check-backends runs each block twice, so --control cannot be used with it", "--check-backends", "--control", "socket", "bin/hello")]
    [Arguments("--check-backends runs each block twice, so --backend cannot be used with it", "--check-backends", "--backend", "x64", "bin/hello")]
    [Arguments("the value 'x' of --code-cache is no size; write a number, with K, M or G behind it if you like", "--code-cache", "x", "bin/hello")]
    [Arguments("option '--code-cache' needs a value: SIZE[K|M|G]", "--code-cache=", "bin/hello")]
    [Arguments("the value '-4M' of --code-cache is no size", "--code-cache=-4M", "bin/hello")]
    [Arguments("the value '1M' of --code-cache is out of range: 2M to 256M", "--code-cache", "1M", "bin/hello")]
    [Arguments("the value '257M' of --code-cache is out of range: 2M to 256M", "--code-cache", "257M", "bin/hello")]
    [Arguments("the value '18014398509481985K' of --code-cache is out of range", "--code-cache", "18014398509481985K", "bin/hello")]
    [Arguments("the value '99999999999999999999' of --code-cache is no size", "--code-cache", "99999999999999999999", "bin/hello")]
    [Arguments("unknown debug item 'bogus'; there are: in_asm", "-d", "bogus", "bin/hello")]
    [Arguments("unknown pass 'bogus'; there are: copy", "-d", "nopass=bogus", "bin/hello")]
    [Arguments("unknown feature of the host 'bogus'; there are: avx", "-d", "nohost=bogus", "bin/hello")]
    [Arguments("the backend 'x64' cannot run here: the processor has no AVX; use --backend threaded", "--backend", "x64", "-d", "nohost=avx", "bin/hello")]
    [Arguments("the backend 'x64' cannot run here: the processor has no BMI1; use --backend threaded", "--backend", "x64", "-d", "nohost=bmi1", "bin/hello")]
    [Arguments("the backend 'x64' cannot run here: the processor has no BMI2; use --backend threaded", "--backend", "x64", "-d", "nohost=bmi2", "bin/hello")]
    [Arguments("unknown report form 'xml'; there are: text, json, csv", "--report", "xml", "bin/hello")]
    [Arguments("'-E NAME' sets nothing", "-E", "NAME", "bin/hello")]
    [Arguments("'-E =x' sets nothing", "-E", "=x", "bin/hello")]
    [Arguments("'-U A=B' names no variable", "-U", "A=B", "bin/hello")]
    [Arguments("the sysroot '/no/such/place' is not a directory", "-L", "/no/such/place", "bin/hello")]
    [Arguments("cannot write the log file '/no/such/place/log': No such file or directory", "-D", "/no/such/place/log", "bin/hello")]
    [Arguments("cannot write the log file '/': Is a directory", "-D", "/", "bin/hello")]
    [Arguments("cannot write the log file ''", "-D", "", "bin/hello")]
    [Arguments("cannot write the report file '/no/such/place/r'", "--report-file", "/no/such/place/r", "-p", "insn", "bin/hello")]
    [Arguments("unknown debug item 'a?b'", "-d", "a\nb", "bin/hello")]
    public async Task It_is_refused(string complaint, params string[] arguments) => await Launch.Emu(arguments).Run().AssertRefused(125, complaint);

    [Test]
    public async Task A_log_that_was_made_for_nothing_is_removed_and_an_old_one_is_kept()
    {
        using var scratch = new ScratchFolder();
        File.WriteAllText(scratch.File("old"), "old\n");
        await Launch.Emu("-D", scratch.File("old"), "--report-file", scratch.File("new"), "-p", "insn", "/no/such/program").Run().AssertRefused(127, "/no/such/program");
        await Launch.Emu("-D", scratch.File("new"), "--report-file", "/no/such/place/r", "-p", "insn", "bin/hello").Run().AssertRefused(125, "report file");
        await Launch.Emu("-D", scratch.File("new"), "-p", "howvec,count=nosuch", "bin/hello").Run().AssertRefused(125, "howvec");
        await Assert.That(scratch.Names).IsEquivalentTo(["old"], CollectionOrdering.Matching);
        await Assert.That(File.ReadAllText(scratch.File("old"))).IsEqualTo("old\n");
    }

    [Test]
    [Arguments("log", "-D", "/dev/full", "--strace")]
    [Arguments("report", "--report-file", "/dev/full", "-p", "insn")]
    [Arguments("report", "--report-file", "/dev/full", "-p", "insn", "--report", "json")]
    public async Task A_file_that_cannot_take_it_all_ends_the_run_with_one_line(string what, params string[] options)
    {
        var outcome = Launch.Emu([.. options, "bin/hello"]).Run();
        await Assert.That(outcome.ErrorText).IsEqualTo($"emu: error: cannot write the {what} file '/dev/full': No space left on device\n");
        await Assert.That(outcome.OutputText).IsEqualTo("hello, world\n");
        await Assert.That(outcome.ExitCode).IsEqualTo(125);
    }
}
