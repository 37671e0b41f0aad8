using Emu.Backend.Threaded;
using Emu.Engine.Translation;
using Emu.Plugins.Hosting;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Execution;

/// <summary>A body that cannot be told is called; what it fails with then is reported, and what it never comes to is no failure.</summary>
public sealed class UntoldBodyTests
{
    private const ulong Rounds = 10;

    [Test]
    public async Task Where_all_is_there_nothing_is_called()
    {
        var plugin = new HalfMade { HasBoard = true, HasCounter = true, Counts = true };
        var (calls, log) = Run(plugin);
        await Assert.That((calls, log)).IsEqualTo((0, ""));
        await Assert.That(plugin.Sums).IsEqualTo((Rounds + 1, Rounds + 1));
    }

    [Test]
    [Arguments(false, true, "NullReferenceException")]
    [Arguments(true, false, "IndexOutOfRangeException")]
    public async Task What_is_not_there_is_reported_by_the_call(bool hasBoard, bool hasCounter, string exception)
    {
        var (calls, log) = Run(new HalfMade { HasBoard = hasBoard, HasCounter = hasCounter, Counts = true });
        await Assert.That(calls).IsGreaterThan(0);
        await Assert.That(log).StartsWith($"emu: plugin 'half-made' failed and is disabled: {exception}").And.DoesNotContain("\n");
    }

    [Test]
    public async Task A_scoreboard_that_is_disposed_is_counted_in_by_the_call_while_it_is_there()
    {
        var plugin = new HalfMade { HasBoard = true, HasCounter = true, Counts = true };
        var (calls, log) = Run(plugin, plugin.DisposeBoard);
        await Assert.That(calls).IsGreaterThan(0);
        await Assert.That(log).IsEqualTo("");
        await Assert.That(plugin.Sums).IsEqualTo((Rounds + 1, Rounds + 1));
    }

    [Test]
    public async Task What_the_body_never_comes_to_is_no_failure()
    {
        var (calls, log) = Run(new HalfMade { Counts = false });
        await Assert.That(calls).IsGreaterThan(0);
        await Assert.That(log).IsEqualTo("");
    }

    [Test]
    public async Task A_telling_by_hand_that_throws_is_reported()
    {
        var (calls, log) = Run(new Probe
        {
            Translating = static (_, block) => Probe.OnExecuteByHand(block[0], 0),
            Executing = static (_, _) => { },
            Telling = static () => throw new InvalidOperationException("cannot tell"),
        });
        await Assert.That(calls).IsGreaterThan(0);
        await Assert.That(log).IsEqualTo("emu: plugin 'probe' failed and is disabled: InvalidOperationException: cannot tell");
    }

    /// <summary>Runs a loop under the plugin: the calls that are left in its code, and what was reported.</summary>
    private static (int Calls, string Log) Run<T>(T plugin, Action? afterInstall = null)
        where T : Plugin, IPluginClass
    {
        CountingCalls? counting = null;
        using var machine = new TestMachine(
            Programs.Loop((int)Rounds), new TranslationOptions { Verify = true }, (guest, _) => counting = new CountingCalls(new ThreadedBackend(guest.StateSize), int.MaxValue));
        machine.Install(plugin);
        afterInstall?.Invoke();
        machine.Run();
        return (counting!.Calls, string.Join('\n', machine.Log));
    }
}
