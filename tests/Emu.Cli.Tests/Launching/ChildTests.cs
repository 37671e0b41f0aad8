using System.ComponentModel;

namespace Emu.Cli.Tests.Launching;

/// <summary>What the other tests rely on: how a process ended is told as it was.</summary>
public sealed class ChildTests
{
    [Test]
    [Arguments("exit 143", 143, 0)]
    [Arguments("kill -TERM $$", -1, 15)]
    [Arguments("kill -PIPE $$", -1, 13)]
    public async Task An_exit_code_is_no_signal(string script, int exitCode, int signal)
    {
        var outcome = Launch.Of("sh", "-c", script).Run();
        await Assert.That((outcome.ExitCode, outcome.Signal)).IsEqualTo((exitCode, signal));
    }

    [Test]
    public async Task Streams_are_bytes()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(static number => (byte)(number % 257))];
        var outcome = (Launch.Of("sh", "-c", "tee /dev/stderr") with { Input = bytes }).Run();
        await Assert.That(outcome.Output.AsSpan().SequenceEqual(bytes) && outcome.Error.AsSpan().SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public async Task What_takes_too_long_is_killed_and_named()
    {
        var endless = Launch.Of("sh", "-c", "exec <\"$0\"; read line", "/dev/zero") with { Longest = TimeSpan.FromMilliseconds(1) };
        await Assert.That(endless.Run).Throws<TimeoutException>().WithMessageContaining("/dev/zero");
        await Assert.That(() => Measured.TimeOf(endless)).Throws<TimeoutException>();
    }

    [Test]
    public async Task What_is_not_there_is_named() =>
        await Assert.That(Launch.Of("/no/such/program").Run).Throws<Win32Exception>().WithMessageContaining("/no/such/program");

    [Test]
    [NotInParallel(nameof(Measured))]
    public async Task Memory_is_that_of_the_program_alone()
    {
        var small = Measured.MemoryOf(Launch.Of("sh", "-c", "echo small; exit 3"));
        var large = Measured.MemoryOf(Launch.Of("dd", "if=/dev/zero", "of=/dev/null", "bs=64M", "count=1"));
        await Assert.That((small.Status, small.Output)).IsEqualTo((3, "small\n"));
        await Assert.That(small.PeakMemory).IsBetween(100, 20_000);
        await Assert.That(large.PeakMemory).IsGreaterThan(65_536);
        await Assert.That(Measured.TimeOf(Launch.Of("sh", "-c", "kill -9 $$")).Status).IsEqualTo(128 + 9);
    }
}
