using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Scoreboards;

public class OwnEntryTests
{
    private const int VCpus = 6;
    private const int Rounds = 50_000;

    /// <summary>All vCPUs add to the same counter at once, each in its own entry: nothing is lost though no addition is atomic, and each entry has what its vCPU did.</summary>
    [Test]
    public async Task R40_each_vCPU_adds_to_an_entry_of_its_own()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(Rounds));
        using var meeting = new Barrier(VCpus);
        machine.System.Syscall = (_, _) => meeting.SignalAndWait();
        Scoreboard<ulong> board = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ulong>(),
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    insn.AddOnExecute(board.Entry(), 1);
            },
        });
        await Task.WhenAll(Enumerable.Range(0, VCpus).Select(_ => machine.Start()));

        const ulong Each = 4 * Rounds + Programs.LoopCallLoopOverhead;
        for (var vcpu = 0; vcpu < VCpus; vcpu++)
            await Assert.That(board[vcpu]).IsEqualTo(Each);
        await Assert.That(board.Entry().Sum()).IsEqualTo(VCpus * Each);
    }
}
