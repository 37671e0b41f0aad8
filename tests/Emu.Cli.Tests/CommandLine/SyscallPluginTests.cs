using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>The plugin <c>syscall</c> on programs whose calls are known.</summary>
public sealed class SyscallPluginTests
{
    [Test]
    public async Task Calls_are_counted_by_number_with_their_names() =>
        await Assert.That(Launch.Emu("-p", "syscall", "bin/count-left").Run().ErrorText).IsEqualTo(
            """
            syscall no.  calls  errors
            93           1      0 exit
            134          1      0 rt_sigaction
            222          1      0 mmap

            """);

    [Test]
    public async Task A_call_that_fails_is_an_error()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.EmuAfter("exec >&-", "-p", "syscall", "bin/hello").Run();
        await Assert.That(outcome.ErrorText).Contains("64           1      1 write\n");
    }

    [Test]
    public async Task Calls_are_printed_before_and_after_they_are_made()
    {
        using var scratch = new ScratchFolder();
        Launch.EmuAfter($"exec >{scratch.File("both")} 2>&1", "-p", "syscall,print,log_writes", "bin/hello").Run();
        await Assert.That(File.ReadAllText(scratch.File("both"))).Matches(
            """
            \Asyscall #64 write
            writing 13 bytes of 0x[0-9a-f]+:
            00000000  68 65 6c 6c 6f 2c 20 77 6f 72 6c 64 0a           hello, world\.
            hello, world
            syscall #64 write returned -> 13
            syscall #94 exit_group
            \z
            """.TrimEnd());
    }
}
