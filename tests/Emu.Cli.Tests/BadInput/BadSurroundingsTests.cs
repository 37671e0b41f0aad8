using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.BadInput;

/// <summary>Limits, closed streams and full devices around a run.</summary>
public sealed class BadSurroundingsTests
{
    [Test]
    [Arguments("-v", 16_000)]
    [Arguments("-v", 33_333)]
    [Arguments("-v", 60_000)]
    [Arguments("-v", 98_303)]
    [Arguments("-v", 98_304)]
    [Arguments("-v", 131_071)]
    [Arguments("-v", 131_072)]
    [Arguments("-v", 1_000_000)]
    [Arguments("-d", 3_000)] // below what the file itself has as data the kernel does not start it
    [Arguments("-d", 5_000)]
    [Arguments("-d", 20_000)]
    [Arguments("-d", 77_777)]
    [Arguments("-d", 98_304)]
    [Arguments("-d", 123_456)]
    public async Task Too_little_memory_is_said_in_one_line(string limit, int kibibytes) =>
        await Launch.EmuAfter($"ulimit {limit} {kibibytes}", "bin/hello").Run().AssertRefused(125, $"ulimit {limit}");

    [Test]
    [Arguments("ulimit -n 16")]
    [Arguments("ulimit -s 64")]
    [Arguments("ulimit -s unlimited")]
    [Arguments("ulimit -c unlimited")]
    [Arguments("ulimit -v 100000000")]
    [Arguments("ulimit -v 20000000")]
    public async Task Other_limits_do_not_matter(string preparation) =>
        await Launch.EmuAfter(preparation, "bin/hello-libc").Run().AssertCleanExit(Launch.Emu("bin/hello-libc").Run().OutputText);

    // Signals from outside need descriptors of their own once the guest has a handler.
    [Test]
    [Arguments(10)]
    [Arguments(20)]
    [Arguments(64)]
    [Arguments(80)]
    public async Task Few_descriptors_are_enough_for_handlers_and_reports(int descriptors)
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.EmuAfter($"ulimit -n {descriptors}", "-p", "insn", "--report-file", scratch.File("report"), "bin/signals").Run();
        var undisturbed = Launch.Emu("bin/signals").Run();
        await Assert.That((outcome.Status, outcome.OutputText, outcome.ErrorText)).IsEqualTo((undisturbed.Status, undisturbed.OutputText, ""));
        await Assert.That(File.ReadAllText(scratch.File("report"))).Contains("total insns");
    }

    [Test]
    public async Task Files_that_were_left_open_take_no_number_that_is_needed()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.EmuAfter("exec 8</dev/null 9</dev/null; ulimit -n 10", "-p", "insn", "--report-file", scratch.File("report"), "bin/hello").Run();
        await Assert.That((outcome.Status, outcome.OutputText, outcome.ErrorText)).IsEqualTo((0, "hello, world\n", ""));
    }

    [Test]
    public async Task A_guest_that_closes_its_standard_error_keeps_no_report_back()
    {
        var outcome = Launch.Emu("-p", "insn", "bin/processes", "closes").Run();
        await Assert.That((outcome.Status, outcome.OutputText)).IsEqualTo((0, ""));
        await Assert.That(outcome.ErrorText).Contains("total insns");
    }

    [Test]
    public async Task Without_proc_a_guest_runs_all_the_same()
    {
        const string Script = "unshare -rm sh -c 'mount -t tmpfs none /proc || exit 99; exec \"$0\" \"$@\"' \"$0\" \"$@\" || exit $?";
        var outcome = Launch.Tool("/bin/sh", "-c", Script, EmuExecutable.Path, "-p", "insn", "bin/hello-libc").Run();
        if (outcome.Status is 1 or 99 or 127 && outcome.OutputText.Length == 0)
            Skip.Test($"this host lets nobody hide /proc: {outcome.ErrorText.Trim()}");
        await Assert.That((outcome.Status, outcome.OutputText)).IsEqualTo((0, Launch.Emu("bin/hello-libc").Run().OutputText));
        await Assert.That(outcome.ErrorText).Contains("total insns");
    }

    /// <summary>PR_SET_MDWE of prctl(2): nothing that was written may be executed.</summary>
    private const string DenyWriteExecute = "perl -e 'syscall(157, 65, 1, 0, 0, 0) == 0 or exit 99; exec @ARGV or exit 98' \"$0\" \"$@\"; exit $?; :";

    [Test]
    [Arguments("bin/hello-libc")]
    [Arguments("bin/signals")]
    [Arguments("-p", "bb,inline", "bin/hello")]
    public async Task Where_memory_may_not_be_made_executable_threaded_code_runs_with_one_notice(params string[] arguments)
    {
        var undisturbed = Launch.Emu(arguments).Run();
        var outcome = Launch.EmuAfter(DenyWriteExecute, arguments).Run();
        if (outcome.Status is 99 or 127)
            Skip.Test("this host has no PR_SET_MDWE, or no perl to ask for it");
        await Assert.That((outcome.Status, outcome.OutputText)).IsEqualTo((undisturbed.Status, undisturbed.OutputText));
        await Assert.That(outcome.ErrorText).StartsWith(
            "emu: warning: machine code cannot be used, so the guest runs slower: the host gives no executable memory: Permission denied\n");
        await Assert.That(outcome.ErrorText.Split('\n').Length).IsEqualTo(undisturbed.ErrorText.Split('\n').Length + 1);
    }

    [Test]
    public async Task Where_memory_may_not_be_made_executable_machine_code_is_refused_in_one_line()
    {
        var outcome = Launch.EmuAfter(DenyWriteExecute, "--backend", "x64", "bin/hello").Run();
        if (outcome.Status is 99 or 127)
            Skip.Test("this host has no PR_SET_MDWE, or no perl to ask for it");
        await outcome.AssertRefused(125, "the backend 'x64' cannot run here: the host gives no executable memory: Permission denied; use --backend threaded");
    }

    [Test]
    [Arguments("avx")]
    [Arguments("bmi1")]
    [Arguments("bmi2")]
    public async Task A_processor_that_lacks_what_machine_code_needs_runs_threaded_code_with_one_notice(string feature)
    {
        var outcome = Launch.Emu("-d", $"nohost={feature}", "--stats", "bin/hello").Run();
        await Assert.That((outcome.Status, outcome.OutputText)).IsEqualTo((0, "hello, world\n"));
        await Assert.That(outcome.ErrorText).StartsWith($"emu: warning: machine code cannot be used, so the guest runs slower: the processor has no {feature.ToUpperInvariant()}\nbackend: threaded\n");
    }

    [Test]
    [Arguments("fma")]
    [Arguments("popcnt")]
    [Arguments("lzcnt")]
    public async Task A_processor_that_lacks_other_features_runs_machine_code(string feature)
    {
        var outcome = Launch.Emu("-d", $"nohost={feature}", "--stats", "bin/float").Run();
        await Assert.That((outcome.Status, outcome.OutputText)).IsEqualTo((0, Launch.Emu("bin/float").Run().OutputText));
        await Assert.That(outcome.ErrorText).StartsWith("backend: x64\n");
    }

    [Test]
    public async Task Too_few_descriptors_are_said_in_one_line() => await Launch.EmuAfter("ulimit -n 3", "bin/hello").Run().AssertRefused(125, "Too many open files");

    [Test]
    [Arguments("exec 2>&-", "-p", "insn")]
    [Arguments("exec 2>/dev/full", "-p", "insn")]
    [Arguments("exec 2>/dev/full", "--strace")]
    [Arguments("exec 2>/dev/full", "--stats")]
    [Arguments("exec 2>/dev/full", "-p", "mem,print-accesses")]
    public async Task What_standard_error_does_not_take_ends_the_run_as_a_file_would(string preparation, params string[] options)
    {
        var outcome = Launch.EmuAfter(preparation, [.. options, "bin/hello"]).Run();
        await Assert.That(outcome.OutputText).IsEqualTo("hello, world\n");
        await Assert.That(outcome.Status).IsEqualTo(125);
    }

    [Test]
    [Arguments("exec 2>&-")]
    [Arguments("exec 2>/dev/full")]
    public async Task A_standard_error_that_nobody_needs_may_be_closed_or_full(string preparation) =>
        await Launch.EmuAfter(preparation, "bin/hello").Run().AssertCleanExit("hello, world\n");

    // The emulator's own writes raise no signal; the guest's do.
    [Test]
    public async Task A_report_that_is_too_long_for_its_limit_is_said_in_one_line()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.EmuAfter("ulimit -f 0", "-p", "insn", "--report-file", scratch.File("report"), "bin/hello").Run();
        await Assert.That(outcome.ErrorText).IsEqualTo($"emu: error: cannot write the report file '{scratch.File("report")}': File too large\n");
        await Assert.That((outcome.Signal, outcome.ExitCode)).IsEqualTo((0, 125));
    }

    [Test]
    [Arguments("exec 2>&-")]
    [Arguments("exec 2>/dev/full")]
    public async Task A_failure_has_its_exit_code_where_its_line_cannot_be_written(string preparation) =>
        await Assert.That(Launch.EmuAfter(preparation, "/no/such/program").Run().Status).IsEqualTo(127);

    [Test]
    public async Task No_file_of_the_emulator_takes_the_place_of_a_closed_stream()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.EmuAfter("exec 0<&- 1>&- 2>&-", "-p", "insn", "--strace", "-D", scratch.File("log"), "--report-file", scratch.File("report"), "bin/hello").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(File.ReadAllText(scratch.File("log"))).Contains("write(1, \"hello, world\\n\", 13) = -1 EBADF");
        await Assert.That(File.ReadAllText(scratch.File("report"))).Matches(@"\Acpu 0 insns: \d+\ntotal insns: \d+\n\z");
    }

    [Test]
    [Arguments("exec >&-", "Bad file descriptor", "--help")]
    [Arguments("exec >&-", "Bad file descriptor", "-p", "help")]
    [Arguments("exec >&-", "Bad file descriptor", "-p", "insn,help")]
    [Arguments("exec >&-", "Bad file descriptor", "--version")]
    [Arguments("exec >/dev/full", "No space left on device", "--help")]
    [Arguments("exec >/dev/full", "No space left on device", "-p", "help")]
    [Arguments("exec >/dev/full", "No space left on device", "-p", "insn,help")]
    [Arguments("exec >/dev/full", "No space left on device", "--version")]
    public async Task An_answer_that_cannot_be_written_is_a_failure(string preparation, string reason, params string[] question) =>
        await Launch.EmuAfter(preparation, question).Run().AssertRefused(125, $"cannot write to standard output: {reason}");
}
