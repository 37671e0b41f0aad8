using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Execution;

public class OnceTests
{
    private const int Stores = 12;

    /// <summary>
    /// At each store a callback has all code dropped, the block's that runs and has more to execute included, and another one changes what plugins listen to: whatever the engine must
    /// go back to, instructions and accesses count once.
    /// </summary>
    [Test]
    public async Task R41_an_instruction_counts_once_though_its_code_is_dropped_while_it_runs()
    {
        using var machine = new TestMachine(code =>
        {
            for (var i = 0; i < Stores; i++)
            {
                code.Addi(XRegister.T0, XRegister.T0, 1);
                code.Sd(XRegister.T0, XRegister.S0, 8 * i);
            }
        });
        var (executed, accesses, flushes) = (new List<ulong>(), 0, 0);
        Scoreboard<ulong> board = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ulong>(),
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                {
                    insn.AddOnExecute(board.Entry(), 1);
                    Probe.OnExecute(insn, (nint)insn.Address);
                    Probe.OnMemory(insn, AccessKind.ReadWrite);
                }
            },
            Executing = (_, address) => executed.Add((ulong)address),
            Accessing = (_, _, _) =>
            {
                accesses++;
                machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => self.Host.Unsubscribe(PluginEvents.All & ~PluginEvents.VCpuIdle) });
                machine.Install(new Probe()).Host.Uninstall();
            },
            Flushed = () => flushes++,
        });
        machine.Run();

        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(flushes).IsGreaterThan(0);
        await Assert.That(accesses).IsEqualTo(Stores);
        await Assert.That(executed).IsEquivalentTo(Enumerable.Range(0, 2 * Stores + 2).Select(static i => TestMachine.Code + 4UL * (ulong)i));
        await Assert.That(board.Entry().Sum()).IsEqualTo(2UL * Stores + 2);
    }

    [Test]
    public async Task R80_a_callback_is_called_by_the_code_itself_whatever_else_is_installed()
    {
        var alone = await Run(others: 0, rounds: 1000);
        var among = await Run(others: 20, rounds: 1000);
        await Assert.That(among.Calls).IsEqualTo(alone.Calls);
        await Assert.That(among.CodeBytes).IsEqualTo(alone.CodeBytes);
    }

    [Test]
    public async Task R80_a_callback_costs_no_memory()
    {
        var few = await Run(others: 3, rounds: 1000);
        var many = await Run(others: 3, rounds: 100_000);
        await Assert.That(many.Calls).IsEqualTo(few.Calls + 2 * 99_000);
        await Assert.That(many.Allocated - few.Allocated).IsLessThan(99_000);
    }

    private static async Task<(int Calls, long CodeBytes, long Allocated)> Run(int others, int rounds)
    {
        using var machine = new TestMachine(Programs.Loop(rounds));
        for (var i = 0; i < others; i++)
            machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => self.Host.Unsubscribe(PluginEvents.Translate) });
        var calls = 0;
        machine.Install(new Probe { Translating = Probe.EachInstruction, Executing = (_, _) => calls++ });
        var before = GC.GetAllocatedBytesForCurrentThread();
        machine.Run();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        await Assert.That(machine.Log).IsEmpty();
        return (calls, machine.Machine.Code.UsedBytes, allocated);
    }
}
