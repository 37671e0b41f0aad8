using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.BadInput;

/// <summary>Command lines that cannot be understood or obeyed: one line that names the thing, 125, and the guest does not run.</summary>
public sealed class BadOptionTests
{
    [Theory]
    [InlineData("no program is named")]
    [InlineData("no program is named", "--")]
    [InlineData("no program is named", "-p", "insn")]
    [InlineData("unknown option '--bogus'", "--bogus", "bin/hello")]
    [InlineData("unknown option '--plugins'", "--plugins", "insn", "bin/hello")]
    [InlineData("unknown option '-x'", "-x", "bin/hello")]
    [InlineData("'-p'", "-p")]
    [InlineData("'-D'", "-D")]
    [InlineData("'--report'", "--report")]
    [InlineData("'-D'", "-D", "a", "-D", "b", "bin/hello")]
    [InlineData("maybe", "--one-insn-per-tb=maybe", "bin/hello")]
    [InlineData("no plugin is named 'nosuch'; there are: bb, ", "-p", "nosuch", "bin/hello")]
    [InlineData("no plugin is named 'nosuch'", "-p", "nosuch,help")]
    [InlineData("no plugin is named 'Insn'", "-p", "Insn", "bin/hello")]
    [InlineData("needs a plugin's name; there are: bb, ", "-p", "", "bin/hello")]
    [InlineData("needs a plugin's name", "-p", ",inline", "bin/hello")]
    [InlineData("stands before any plugin's name", "-p", "inline=on", "bin/hello")]
    [InlineData("plugin 'insn' has no option 'bogus'; there are: inline", "-p", "insn,bogus", "bin/hello")]
    [InlineData("plugin 'empty' has no option 'inline'; it has none", "-p", "empty,inline", "bin/hello")]
    [InlineData("option 'inline' does not take 'maybe'; allowed: on, yes", "-p", "insn,inline=maybe", "bin/hello")]
    [InlineData("option 'inline' does not take ''", "-p", "insn,inline=", "bin/hello")]
    [InlineData("option 'limit' does not take '-1'", "-p", "hotblocks,limit=-1", "bin/hello")]
    [InlineData("option 'limit' does not take 'x'", "-p", "hotblocks,limit=x", "bin/hello")]
    [InlineData("option 'track' does not take 'z'; allowed: r, w, rw", "-p", "mem,track=z", "bin/hello")]
    [InlineData("plugin 'howvec': option 'count' does not take 'nosuch'", "-p", "howvec,count=nosuch", "bin/hello")]
    [InlineData("the backend 'x64' is not in this build", "--backend", "x64", "bin/hello")]
    [InlineData("unknown backend 'bogus'; there are: threaded", "--backend", "bogus", "bin/hello")]
    [InlineData("unknown debug item 'bogus'; there are: in_asm", "-d", "bogus", "bin/hello")]
    [InlineData("unknown pass 'bogus'; there are: copy", "-d", "nopass=bogus", "bin/hello")]
    [InlineData("unknown report form 'xml'; there are: text, json", "--report", "xml", "bin/hello")]
    [InlineData("'-E NAME' sets nothing", "-E", "NAME", "bin/hello")]
    [InlineData("'-E =x' sets nothing", "-E", "=x", "bin/hello")]
    [InlineData("'-U A=B' names no variable", "-U", "A=B", "bin/hello")]
    [InlineData("the sysroot '/no/such/place' is not a directory", "-L", "/no/such/place", "bin/hello")]
    [InlineData("cannot write the log file '/no/such/place/log': No such file or directory", "-D", "/no/such/place/log", "bin/hello")]
    [InlineData("cannot write the log file '/': Is a directory", "-D", "/", "bin/hello")]
    [InlineData("cannot write the log file ''", "-D", "", "bin/hello")]
    [InlineData("cannot write the report file '/no/such/place/r'", "--report-file", "/no/such/place/r", "-p", "insn", "bin/hello")]
    [InlineData("unknown debug item 'a?b'", "-d", "a\nb", "bin/hello")]
    public void It_is_refused(string complaint, params string[] arguments) => Launch.Emu(arguments).Run().AssertRefused(125, complaint);

    [Fact]
    public void A_log_that_was_made_for_nothing_is_removed_and_an_old_one_is_kept()
    {
        using var scratch = new ScratchFolder();
        File.WriteAllText(scratch.File("old"), "old\n");
        Launch.Emu("-D", scratch.File("old"), "--report-file", scratch.File("new"), "-p", "insn", "/no/such/program").Run().AssertRefused(127, "/no/such/program");
        Launch.Emu("-D", scratch.File("new"), "--report-file", "/no/such/place/r", "-p", "insn", "bin/hello").Run().AssertRefused(125, "report file");
        Launch.Emu("-D", scratch.File("new"), "-p", "howvec,count=nosuch", "bin/hello").Run().AssertRefused(125, "howvec");
        Assert.Equal(["old"], scratch.Names);
        Assert.Equal("old\n", File.ReadAllText(scratch.File("old")));
    }

    [Theory]
    [InlineData("log", "-D", "/dev/full", "--strace")]
    [InlineData("report", "--report-file", "/dev/full", "-p", "insn")]
    [InlineData("report", "--report-file", "/dev/full", "-p", "insn", "--report", "json")]
    public void A_file_that_cannot_take_it_all_ends_the_run_with_one_line(string what, params string[] options)
    {
        var outcome = Launch.Emu([.. options, "bin/hello"]).Run();
        Assert.Equal($"emu: error: cannot write the {what} file '/dev/full': No space left on device\n", outcome.ErrorText);
        Assert.Equal("hello, world\n", outcome.OutputText);
        Assert.Equal(125, outcome.ExitCode);
    }
}
