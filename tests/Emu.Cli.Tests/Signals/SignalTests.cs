using Emu.Cli.Tests.Launching;
using Assert = Xunit.Assert;

namespace Emu.Cli.Tests.Signals;

/// <summary>Signals mean for the emulator what they mean for the guest alone.</summary>
public sealed class SignalTests
{
    private const int Interrupt = 2;
    private const int Pipe = 13;

    [Test]
    [Arguments("abort", 6)]
    [Arguments("kill", 9)]
    [Arguments("null", 11)]
    [Arguments("term", 15)]
    [Arguments("illegal", 4)]
    [Arguments("break", 5)]
    public void A_guest_that_is_killed_takes_the_emulator_along(string fault, int signal)
    {
        var outcome = Launch.Emu("bin/fault", fault).Run();
        Assert.Equal(signal, outcome.Signal);
        Assert.Equal("", outcome.ErrorText);
    }

    [Test]
    public void A_killed_guest_leaves_no_core_file()
    {
        using var scratch = new ScratchFolder();
        var outcome = (Launch.EmuAfter("ulimit -c unlimited", Repository.Guest("fault"), "null") with { Directory = scratch.Path }).Run();
        Assert.Equal(11, outcome.Signal);
        Assert.Empty(scratch.Names);
    }

    [Test]
    [Arguments(1)]
    [Arguments(Interrupt)]
    [Arguments(3)]
    [Arguments(9)]
    [Arguments(10)]
    [Arguments(14)]
    [Arguments(15)]
    public void A_signal_ends_a_guest_that_computes(int signal) => AssertKilled(signal, Repository.BenchGuest("fib"), "1000000000");

    [Test]
    [Arguments(Interrupt)]
    [Arguments(15)]
    public void A_signal_ends_a_guest_that_waits(int signal) => AssertKilled(signal, "bin/libc", "cat");

    [Test]
    [Arguments(1, "bench")]
    [Arguments(Interrupt, "bench")]
    [Arguments(3, "bench")]
    [Arguments(15, "bench")]
    [Arguments(Interrupt, "wait")]
    [Arguments(15, "wait")]
    public void What_was_counted_is_told_also_of_a_guest_that_is_ended(int signal, string guest)
    {
        using var scratch = new ScratchFolder();
        string[] program = guest == "wait" ? ["bin/libc", "cat"] : [Repository.BenchGuest("fib"), "1000000000"];
        AssertKilled(signal, ["-p", "insn", "--report-file", scratch.File("report"), .. program]);
        Assert.Matches(@"\Acpu 0 insns: \d+\ntotal insns: \d+\n\z", File.ReadAllText(scratch.File("report")));
    }

    [Test]
    public void An_ignored_signal_stays_ignored_under_a_plugin() =>
        Assert.Equal("hello, world\n", Launch.EmuAfter("trap '' INT; kill -INT $$", "-p", "insn", "bin/hello").Run().OutputText);

    [Test]
    public void An_ignored_signal_stays_ignored() =>
        Launch.EmuAfter("trap '' INT; kill -INT $$", "bin/hello").Run().AssertCleanExit("hello, world\n");

    [Test]
    public void A_reader_that_has_gone_ends_a_writer_by_SIGPIPE()
    {
        // More than a pipe holds, so that the guest is still writing when nobody reads any more.
        const string Script = "head -c 1000000 /dev/zero | \"$0\" bin/libc cat | head -c 1 >/dev/null; echo ${PIPESTATUS[1]}";
        var outcome = Launch.Tool("/bin/bash", "-c", Script, EmuExecutable.Path).Run();
        outcome.AssertCleanExit($"{128 + Pipe}\n");
    }

    [Test]
    public void Help_for_a_reader_that_has_gone_ends_by_SIGPIPE()
    {
        const string Script = "exec 3> >(:); wait $!; \"$0\" --help >&3; echo $?";
        var outcome = Launch.Tool("/bin/bash", "-c", Script, EmuExecutable.Path).Run();
        outcome.AssertCleanExit($"{128 + Pipe}\n");
    }

    // The log shows that the guest runs. The input that never ends, a named pipe that is its own writer, keeps the one that reads waiting.
    private static void AssertKilled(int signal, params string[] guest)
    {
        var launch = Launch.EmuAfter("pipe=$(mktemp -u) && mkfifo \"$pipe\" && exec <>\"$pipe\" && rm \"$pipe\"", ["-d", "in_asm", "-D", "/dev/stdout", .. guest]);
        using var process = new ChildProcess(launch);
        process.WaitForOutput();
        process.Send(signal);
        Assert.Equal(signal, process.WaitForEnd().Signal);
    }
}
