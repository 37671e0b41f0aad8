using Emu.Cli.Tests.Launching;

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
    public async Task A_guest_that_is_killed_takes_the_emulator_along(string fault, int signal)
    {
        var outcome = Launch.Emu("bin/fault", fault).Run();
        await Assert.That(outcome.Signal).IsEqualTo(signal);
        await Assert.That(outcome.ErrorText).IsEmpty();
    }

    /// <summary>On one processor the runtime's own thread often has not begun when the guest queues its signals: it must take none of them.</summary>
    [Test]
    public async Task Queued_signals_keep_their_order_although_the_runtime_is_still_starting()
    {
        var starts = new HashSet<string>();
        for (var start = 0; start < 20; start++)
            starts.Add(Launch.EmuAfter("taskset -cp 0 $$ >/dev/null", Repository.Guest("events"), "queue").Run().OutputText);
        await Assert.That(starts).Count().IsEqualTo(1);
        await Assert.That(starts.Single()).Contains("4103 3400 3401 3402 3403");
    }

    [Test]
    public async Task A_killed_guest_leaves_no_core_file()
    {
        using var scratch = new ScratchFolder();
        var outcome = (Launch.EmuAfter("ulimit -c unlimited", Repository.Guest("fault"), "null") with { Directory = scratch.Path }).Run();
        await Assert.That(outcome.Signal).IsEqualTo(11);
        await Assert.That(scratch.Names).IsEmpty();
    }

    [Test]
    [Arguments(1)]
    [Arguments(Interrupt)]
    [Arguments(3)]
    [Arguments(9)]
    [Arguments(10)]
    [Arguments(14)]
    [Arguments(15)]
    public async Task A_signal_ends_a_guest_that_computes(int signal) => await AssertKilled(signal, Repository.BenchGuest("fib"), "1000000000");

    [Test]
    [Arguments(Interrupt)]
    [Arguments(15)]
    public async Task A_signal_ends_a_guest_that_waits(int signal) => await AssertKilled(signal, "bin/libc", "cat");

    [Test]
    [Arguments(1, "bench")]
    [Arguments(Interrupt, "bench")]
    [Arguments(3, "bench")]
    [Arguments(15, "bench")]
    [Arguments(Interrupt, "wait")]
    [Arguments(15, "wait")]
    public async Task What_was_counted_is_told_also_of_a_guest_that_is_ended(int signal, string guest)
    {
        using var scratch = new ScratchFolder();
        string[] program = guest == "wait" ? ["bin/libc", "cat"] : [Repository.BenchGuest("fib"), "1000000000"];
        await AssertKilled(signal, ["-p", "insn", "--report-file", scratch.File("report"), .. program]);
        await Assert.That(File.ReadAllText(scratch.File("report"))).Matches(@"\Acpu 0 insns: \d+\ntotal insns: \d+\n\z");
    }

    [Test]
    public async Task An_ignored_signal_stays_ignored_under_a_plugin() =>
        await Assert.That(Launch.EmuAfter("trap '' INT; kill -INT $$", "-p", "insn", "bin/hello").Run().OutputText).IsEqualTo("hello, world\n");

    [Test]
    public async Task An_ignored_signal_stays_ignored() =>
        await Launch.EmuAfter("trap '' INT; kill -INT $$", "bin/hello").Run().AssertCleanExit("hello, world\n");

    [Test]
    public async Task A_reader_that_has_gone_ends_a_writer_by_SIGPIPE()
    {
        // More than a pipe holds, so that the guest is still writing when nobody reads any more.
        const string Script = "head -c 1000000 /dev/zero | \"$0\" bin/libc cat | head -c 1 >/dev/null; echo ${PIPESTATUS[1]}";
        var outcome = Launch.Tool("/bin/bash", "-c", Script, EmuExecutable.Path).Run();
        await outcome.AssertCleanExit($"{128 + Pipe}\n");
    }

    [Test]
    public async Task Help_for_a_reader_that_has_gone_ends_by_SIGPIPE()
    {
        const string Script = "exec 3> >(:); wait $!; \"$0\" --help >&3; echo $?";
        var outcome = Launch.Tool("/bin/bash", "-c", Script, EmuExecutable.Path).Run();
        await outcome.AssertCleanExit($"{128 + Pipe}\n");
    }

    // The log shows that the guest runs. The input that never ends, a named pipe that is its own writer, keeps the one that reads waiting.
    private static async Task AssertKilled(int signal, params string[] guest)
    {
        var launch = Launch.EmuAfter("pipe=$(mktemp -u) && mkfifo \"$pipe\" && exec <>\"$pipe\" && rm \"$pipe\"", ["-d", "in_asm", "-D", "/dev/stdout", .. guest]);
        using var process = new ChildProcess(launch);
        process.WaitForOutput();
        process.Send(signal);
        await Assert.That(process.WaitForEnd().Signal).IsEqualTo(signal);
    }
}
