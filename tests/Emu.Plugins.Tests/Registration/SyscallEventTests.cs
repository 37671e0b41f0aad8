using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Registration;

/// <summary>System calls: before, answered instead, after.</summary>
public sealed class SyscallEventTests
{
    private static readonly ulong[] Arguments = [7, 0, 0, 0, 0, 9];

    [Test]
    public async Task R60_a_call_is_told_with_number_arguments_and_result()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        var told = new List<string>();
        machine.Install(new Probe
        {
            Calling = (vcpu, call) => told.Add($"{call.Name} {call.Number} {call[0]} {call[5]} of {call.ArgumentCount} at 0x{vcpu.ProgramCounter:x}"),
            Returning = (call, result) => told.Add($"{call.Name} {call[0]} = {result}"),
        });
        var answers = Serve(machine);
        machine.Run();
        await Assert.That(told).IsEquivalentTo(["read 1 7 9 of 6 at 0x10018", "read 7 = 42"]);
        await Assert.That(answers).IsEquivalentTo([(false, 0L)]);
    }

    [Test]
    public async Task R60_the_first_filter_that_answers_supplies_the_result()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        var asked = new List<string>();
        machine.Install(new Probe { Answering = () => Note(asked, "first", null) });
        machine.Install(new Probe { Answering = () => Note(asked, "second", -13) });
        machine.Install(new Probe { Answering = () => Note(asked, "third", 5) });
        var answers = Serve(machine);
        machine.Run();
        await Assert.That(answers).IsEquivalentTo([(true, -13L)]);
        await Assert.That(asked).IsEquivalentTo(["first", "second"]);
    }

    [Test]
    public async Task R16_without_a_subscriber_nobody_watches()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        await Assert.That(machine.Plugins.WatchesSyscalls).IsFalse();
        var probe = machine.Install(new Probe());
        await Assert.That(machine.Plugins.WatchesSyscalls).IsTrue();
        probe.Host.Unsubscribe(PluginEvents.Syscall | PluginEvents.SyscallReturn | PluginEvents.SyscallFilter);
        await Assert.That(machine.Plugins.WatchesSyscalls).IsFalse();
    }

    [Test]
    public async Task R60_a_plugin_that_fails_answers_nothing_and_the_next_is_asked()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        machine.Install(new Probe { Calling = static (_, _) => throw new InvalidOperationException("no more"), Answering = static () => 1 });
        machine.Install(new Probe { Answering = static () => 2 });
        var answers = Serve(machine);
        machine.Run();
        await Assert.That(answers).IsEquivalentTo([(true, 2L)]);
        await Assert.That(machine.Plugins.Failures.Count).IsEqualTo(1);
    }

    private static long? Note(List<string> asked, string who, long? answer)
    {
        asked.Add(who);
        return answer;
    }

    /// <summary>Does for call 1 what an operating system does; the answers of plugins come into the list.</summary>
    private static List<(bool IsAnswered, long Result)> Serve(TestMachine machine)
    {
        var answers = new List<(bool, long)>();
        machine.System.Syscall = (vcpu, number) =>
        {
            answers.Add((machine.Plugins.BeginSyscall(vcpu, number, "read", Arguments, out var result), result));
            machine.Plugins.EndSyscall(vcpu, number, "read", Arguments, 42);
        };
        return answers;
    }
}
