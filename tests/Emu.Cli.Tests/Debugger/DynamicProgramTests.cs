using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Debugger;

/// <summary>A dynamically linked program of a Debian root: GDB finds program and libraries by itself, through the emulator.</summary>
public sealed class DynamicProgramTests
{
    private const string Variable = "EMU_ROOT";

    [Test]
    public async Task Libraries_are_found_and_broken_into()
    {
        Skip.Unless(Gdb.Program.Path is not null, Gdb.Program.SkipReason);
        var root = Environment.GetEnvironmentVariable(Variable) ?? "";
        Skip.When(root.Length == 0, $"{Variable} does not name a Debian root for riscv64: tests/root/make-root.sh makes one");
        using var gdb = Gdb.OnEmu("-L", root, "-p", "insn");
        var outcome = gdb.Run(
            [$"{root}/usr/bin/dash", "-c", "echo hi; exit 4"],
            ["info auxv", "set breakpoint pending on", "break write", "continue", "bt 1", "info sharedlibrary", "info proc exe", "delete", "continue"],
            before: ["set sysroot target:"]);
        await Assert.That(outcome.Said).Contains("AT_BASE").And.Contains("in write () from target:/").And.Contains("target:/lib/riscv64-linux-gnu/libc.so.6").And.Contains("exited with code 04");
        var alone = Launch.Emu("-L", root, "-p", "insn", $"{root}/usr/bin/dash", "-c", "echo hi; exit 4").Run();
        await Assert.That((outcome.Guest.OutputText, outcome.Guest.ErrorText, outcome.Guest.Status)).IsEqualTo((alone.OutputText, alone.ErrorText, 4));
    }
}
