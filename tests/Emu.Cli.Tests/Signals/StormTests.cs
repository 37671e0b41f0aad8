using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Signals;

/// <summary>Signals against calls that wait and threads in the midst of them, beside the same program compiled for the host.</summary>
[NotInParallel(nameof(StormTests))]
public sealed class StormTests
{
    /// <summary>Twenty kinds of calls, with SA_RESTART and without: none loses its wake-up, and each is interrupted or restarted as the host's kernel does it.</summary>
    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task Signals_break_and_restart_calls_as_on_the_host(string backend) => await AssertAsOnHost(backend);

    /// <summary>Other threads compute and wait in all kinds of calls when the process ends: by exit_group, a fault, a signal from within or from outside, execve.</summary>
    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task A_process_ends_whatever_its_threads_wait_for(string backend) => await AssertAsOnHost(backend, "ends");

    private static async Task AssertAsOnHost(string backend, params string[] arguments)
    {
        using var scratch = new ScratchFolder();
        var native = (Launch.Tool(await HostProgram.Compile("storm", scratch), arguments) with { Directory = scratch.Path }).Run();
        var guest = (Launch.Emu(["--backend", backend, Repository.Guest("storm"), .. arguments]) with { Directory = scratch.Path }).Run();
        await Assert.That(native.Status).IsEqualTo(0);
        await Assert.That(guest.OutputText).IsEqualTo(native.OutputText);
        await Assert.That((guest.Status, guest.ErrorText)).IsEqualTo((0, ""));
    }
}
