using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Debugger;

/// <summary>A real GDB debugs <c>tests/guests/src/debug/inspect.c</c>, on either backend and beside <c>qemu-riscv64 -g</c>.</summary>
public sealed partial class GdbTests
{
    private static readonly string Guest = Repository.Guest("inspect");

    /// <summary>What QEMU can do too; nothing here shows an address of the stack.</summary>
    private static readonly string[] Walk =
    [
        "break walk", "continue", "info registers pc a0", "break square if value == 3", "continue", "bt 2", "info args", "print result", "finish", "step", "next", "stepi",
        "x/i $pc", "print spot", "print spot.name", "print $fcsr", "print square(12)", "set var total = 99", "print total", "delete", "set $t3 = 77", "print $t3",
        "tbreak out_flush", "continue", "up 4", "set var result = 1000", "info locals", "hbreak leave", "continue", "print code", "delete", "continue",
    ];

    public static IEnumerable<string> Backends() => ["threaded", "x64"];

    [Test]
    [MethodDataSource(nameof(Backends))]
    public async Task A_program_is_walked_through_as_under_qemu(string backend)
    {
        SkipWithoutGdb();
        using var ours = Gdb.OnEmu("--backend", backend);
        var outcome = ours.Run([Guest], Walk);
        await Assert.That(outcome.Said).Contains("#1  0x").And.Contains("Value returned is $2 = 9").And.Contains("weight = 1.5}").And.Contains("exited with code 03");
        await Assert.That(outcome.Guest.Status).IsEqualTo(3);
        await Assert.That(outcome.Guest.OutputText).IsEqualTo("sum 55\ntotal 55\n");
        Skip.Unless(Oracle.Qemu.Path is not null, Oracle.Qemu.SkipReason);
        using var theirs = Gdb.OnQemu();
        await Assert.That(Comparable(outcome.Said)).IsEqualTo(Comparable(theirs.Run([Guest], Walk).Said));
        Oracle.Compared("debugging");
    }

    [Test]
    [MethodDataSource(nameof(Backends))]
    public async Task Memory_is_watched(string backend)
    {
        SkipWithoutGdb();
        using var gdb = Gdb.OnEmu("--backend", backend);
        var outcome = gdb.Run(
            [Guest],
            [
                "break walk", "continue", "watch total", "continue", "continue", "bt 1", "delete", "rwatch total", "awatch spot.x", "continue", "continue", "info watchpoints", "delete", "continue",
            ]);
        await Assert.That(outcome.Said).Contains("Old value = 0\nNew value = 1\n").And.Contains("Old value = 1\nNew value = 5\n").And.Contains("in sum (count=5)");
        await Assert.That(outcome.Said).Contains("Old value = 1\nNew value = 55\n").And.Contains("\nValue = 55\n").And.Contains("exited with code 03");
        await Assert.That(outcome.Guest.Status).IsEqualTo(3);
    }

    [Test]
    [MethodDataSource(nameof(Backends))]
    public async Task Threads_are_told_apart(string backend)
    {
        SkipWithoutGdb();
        using var gdb = Gdb.OnEmu("--backend", backend);
        var outcome = gdb.Run(
            [Guest, "threads"],
            [
                "break work", "continue", "info threads", "thread apply all bt", "next", "print argument", "thread 1", "print $tp", "thread 2", "set var argument = 30",
                "break out_named", "continue", "info threads", "print value", "continue",
            ]);
        await Assert.That(outcome.Said).Contains("Thread 2 \"inspect\" hit Breakpoint 1, work (argument=7)");
        await Assert.That(outcome.Said).Matches(@"\* 2 +Thread [0-9.]+ ""inspect"" work \(argument=7\)");
        await Assert.That(outcome.Said).Matches(@"Thread 1 \(Thread [0-9.]+ ""inspect""\):\n(#.*\n)*#[0-9]+ +(0x[0-9a-f]+ in )?threads \(\)");
        await Assert.That(outcome.Said).Contains("hit Breakpoint 2, out_named (name=").And.Contains("= 30\n").And.Contains("exited with code 04");
        await Assert.That(outcome.Guest.OutputText).IsEqualTo("total 30\n");
    }

    [Test]
    [MethodDataSource(nameof(Backends))]
    public async Task A_signal_is_shown_before_it_is_delivered(string backend)
    {
        SkipWithoutGdb();
        using var gdb = Gdb.OnEmu("--backend", backend);
        var outcome = gdb.Run([Guest, "signal"], ["continue", "print caught", "print $_siginfo.si_signo", "break on_signal", "continue", "print signal", "continue"]);
        await Assert.That(outcome.Said).Contains("received signal SIGUSR1").And.Contains("$1 = 0\n$2 = 10\n").And.Contains("Breakpoint 1, on_signal (signal=10)");
        await Assert.That(outcome.Guest.OutputText).IsEqualTo("caught 10\n");
    }

    [Test]
    [Arguments("handle SIGUSR1 stop nopass", "continue", "caught 0\n", 5)]
    [Arguments("handle SIGUSR1 nostop noprint pass", "", "caught 10\n", 5)]
    [Arguments("handle SIGUSR1 stop pass", "signal SIGTERM", "", 143)]
    [Arguments("handle SIGUSR1 stop pass", "signal 0", "caught 0\n", 5)]
    public async Task A_signal_is_dropped_passed_or_changed(string handling, string command, string output, int status)
    {
        SkipWithoutGdb();
        using var gdb = Gdb.OnEmu();
        var outcome = gdb.Run([Guest, "signal"], ["continue", command], before: [handling]);
        await Assert.That(outcome.Guest.OutputText).IsEqualTo(output);
        await Assert.That(outcome.Guest.Status).IsEqualTo(status);
    }

    [Test]
    [MethodDataSource(nameof(Backends))]
    public async Task A_crash_is_shown_where_it_happens(string backend)
    {
        SkipWithoutGdb();
        using var gdb = Gdb.OnEmu("--backend", backend);
        var outcome = gdb.Run([Guest, "crash"], ["continue", "bt", "print where", "print $_siginfo._sifields._sigfault.si_addr", "x/i $pc", "continue"]);
        await Assert.That(outcome.Said).Contains("received signal SIGSEGV").And.Contains("#0  0x").And.Contains("in crash (where=0x18)").And.Contains("$2 = (void *) 0x18");
        await Assert.That(outcome.Said).Matches(@"=> 0x[0-9a-f]+ <crash\+[0-9]+>:\tsw\t");
        await Assert.That(outcome.Said).Contains("Program terminated with signal SIGSEGV");
        await Assert.That(outcome.Guest.Signal).IsEqualTo(11);
    }

    [Test]
    [MethodDataSource(nameof(Backends))]
    public async Task A_loop_is_interrupted(string backend)
    {
        SkipWithoutGdb();
        using var gdb = Gdb.OnEmu("--backend", backend);
        var outcome = gdb.Run([Guest, "spin"], ["continue", "bt", "set var stop = 1", "continue"], interrupts: true);
        await Assert.That(outcome.Said).Contains("received signal SIGINT").And.Contains("spin () at");
        await Assert.That(outcome.Guest.Status).IsEqualTo(7);
    }

    [Test]
    public async Task A_blocked_call_is_interrupted_and_goes_on()
    {
        SkipWithoutGdb();
        using var gdb = Gdb.OnEmu();
        // ppoll(2) of nothing; the debugger's own thread polls something.
        const string Ppoll = "271 0x0 0x0 ";
        // Whatever the thread is made to do meanwhile, it is in its call again afterwards.
        var outcome = gdb.Run([Guest, "wait"], ["continue", "x/i $pc", "print square(11)", "x/i $pc", "kill"], interrupts: true, blockedIn: Ppoll);
        await Assert.That(outcome.Said).Contains("received signal SIGINT").And.Contains("$1 = 121");
        await Assert.That(EnvironmentCall().Count(outcome.Said)).IsEqualTo(2);
        await Assert.That(outcome.Guest.Signal).IsEqualTo(9);
    }

    [Test]
    public async Task A_child_runs_on_undebugged()
    {
        SkipWithoutGdb();
        using var gdb = Gdb.OnEmu();
        var outcome = gdb.Run([Guest, "fork"], ["break sum", "continue", "print count", "watch total", "continue", "delete", "continue"]);
        await Assert.That(outcome.Said).Contains("$1 = 2").And.Contains("exited with code 011");
        await Assert.That(outcome.Guest.OutputText).IsEqualTo("child 0\n");
    }

    [Test]
    [Arguments("detach", 3, "sum 55\ntotal 55\n")]
    [Arguments("kill", 128 + 9, "")]
    [Arguments("quit", 128 + 9, "")]
    [Arguments("disconnect", 3, "sum 55\ntotal 55\n")]
    public async Task The_debugger_goes(string how, int status, string output)
    {
        SkipWithoutGdb();
        using var gdb = Gdb.OnEmu();
        var outcome = gdb.Run([Guest], ["break walk", "watch total", "continue", how]);
        await Assert.That(outcome.Guest.Status).IsEqualTo(status);
        await Assert.That(outcome.Guest.OutputText).IsEqualTo(output);
    }

    [Test]
    [MethodDataSource(nameof(Backends))]
    public async Task Plugins_count_what_they_count_without_it(string backend)
    {
        SkipWithoutGdb();
        var alone = Launch.Emu("--backend", backend, "-p", "insn", Guest, "walk").Run();
        using var gdb = Gdb.OnEmu("--backend", backend, "-p", "insn");
        var outcome = gdb.Run([Guest, "walk"], [.. Stops(), "watch total", "continue", "continue", "delete", "continue"]);
        await Assert.That(outcome.Said).Contains("exited with code 03");
        await Assert.That(outcome.Guest.ErrorText).IsEqualTo(alone.ErrorText);
        await Assert.That(outcome.Guest.OutputText).IsEqualTo(alone.OutputText);
    }

    private static string[] Stops() => ["break square", "continue", "stepi 5", "next", "continue", "finish", "until", "delete"];

    private static void SkipWithoutGdb() => Skip.Unless(Gdb.Program.Path is not null, Gdb.Program.SkipReason);

    /// <summary>What GDB said, without what is another number in another emulator: addresses on the stack, processes.</summary>
    private static string Comparable(string said) => OwnNumber().Replace(said, "OWN");

    [GeneratedRegex("0x(3f|40)[0-9a-f]{8}|process [0-9]+")]
    private static partial Regex OwnNumber();

    [GeneratedRegex("=> 0x[0-9a-f]+ <syscall6\\+[0-9]+>:\tecall")]
    private static partial Regex EnvironmentCall();
}
