using Emu.Backend.X64;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Execution;

/// <summary>What plugins count is the same, to the last instruction, whether hot code is made into traces or not: also where a trace is left, by whatever way.</summary>
public class TraceInstrumentationTests
{
    private const int Programs = 60;

    [Test]
    public async Task Counts_do_not_depend_on_traces()
    {
        var (traces, faults) = (0, 0);
        for (var seed = 0; seed < Programs; seed++)
        {
            var (expected, fault, _) = Run(seed, traceAfter: 0);
            foreach (var traceAfter in (int[])[2, 3, 7])
            {
                var (counts, faultThen, made) = Run(seed, traceAfter);
                await Assert.That(counts).IsEqualTo(expected).Because($"seed {seed}, traces after {traceAfter}");
                await Assert.That(faultThen).IsEqualTo(fault).Because($"seed {seed}, traces after {traceAfter}");
                traces += made;
            }

            faults += fault == 0 ? 0 : 1;
        }

        await Assert.That(traces).IsGreaterThan(Programs);
        await Assert.That(faults).IsGreaterThan(Programs / 4);
    }

    private static (string Counts, ulong FaultAt, int Traces) Run(int seed, int traceAfter)
    {
        var random = new Random(seed);
        CountingCalls? counting = null;
        using var machine = new TestMachine(
            code => Assemble(code, random), new TranslationOptions { Verify = true, TraceAfter = traceAfter }, (guest, memory) => counting = new CountingCalls(new X64Backend(guest, memory), int.MaxValue));
        var (all, blocks, taken, completed) = (default(Scoreboard<ulong>), default(Scoreboard<ulong>), default(Scoreboard<ulong>), default(Scoreboard<ulong>));
        var bodies = machine.Install(new Bodies());
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => (all, blocks, taken, completed) = (self.Host.NewScoreboard<ulong>(), self.Host.NewScoreboard<ulong>(), self.Host.NewScoreboard<ulong>(), self.Host.NewScoreboard<ulong>()),
            Translating = (_, block) =>
            {
                block.AddOnExecute(blocks!.Entry(), 1);
                foreach (var insn in block)
                {
                    insn.AddOnExecute(all!.Entry(), 1 + (ulong)insn.Index);
                    insn.AddOnComplete(completed!.Entry(), 1L << 40);
                    insn.AddOnEdge(seed % 4 == 0 ? EdgeKind.None : EdgeKind.Taken, taken!.Entry(), 1);
                }
            },
        });
        if (seed % 2 == 0)
            machine.Plugins.TryWhileStopped(() => machine.Plugins.Uninstall(machine.Plugins.Plugins[0].Id)); // without calls between, additions move further; without additions that depend on something, over ways out
        ulong pc = 0;
        machine.Run(vcpu =>
        {
            RandomProgram.Fill(vcpu, random);
            vcpu.Register(RiscVState.OffsetOf(XRegister.S3)) = TestMachine.Data + 0x10000 - 8 * (ulong)random.Next(400);
            machine.Ending = ending => pc = ending.Pc;
        });
        var counts = $"{all!.Entry().Sum()} {blocks!.Entry().Sum()} {taken!.Entry().Sum()} {completed!.Entry().Sum():x}";
        return (seed % 2 == 0 ? counts : $"{counts} {string.Join(' ', bodies.Results)}", machine.System.Fault is null ? 0 : pc, counting!.Traces);
    }

    /// <summary>A loop with calls and branches that go now here, now there, and a pointer that may walk off the end of memory.</summary>
    private static void Assemble(Assembler code, Random random)
    {
        var (top, start, function) = (new Label(), new Label(), new Label());
        code.Jal(XRegister.Zero, start);
        code.Place(function);
        code.Xor(XRegister.T2, XRegister.T2, XRegister.T0);
        Walk(code, random);
        code.Jalr(XRegister.Zero, XRegister.Ra, 0);
        code.Place(start);
        code.Addi(XRegister.S2, XRegister.Zero, 200);
        code.Place(top);
        for (var i = 0; i < 6; i++)
        {
            var over = new Label();
            code.Srli(XRegister.T1, XRegister.S2, (uint)random.Next(6));
            code.Andi(XRegister.T1, XRegister.T1, 1);
            if (random.Next(2) == 0)
                code.Beq(XRegister.T1, XRegister.Zero, over);
            else
                code.Bne(XRegister.T1, XRegister.Zero, over);
            Walk(code, random);
            code.Addi(XRegister.T0, XRegister.T0, 3);
            code.Place(over);
            if (random.Next(3) == 0)
                code.Jal(XRegister.Ra, function);
            code.Sub(XRegister.T0, XRegister.T0, XRegister.T1);
        }

        code.Addi(XRegister.S2, XRegister.S2, -1);
        code.Bne(XRegister.S2, XRegister.Zero, top);
    }

    private static void Walk(Assembler code, Random random)
    {
        switch (random.Next(5))
        {
            // The emitter makes one instruction of the two.
            case 4: code.Slli(XRegister.T2, XRegister.T2, 3); code.Add(XRegister.T2, XRegister.T2, XRegister.T0); break;
            case 0: code.Ld(XRegister.T2, XRegister.S3, 0); break;
            case 1: code.Sd(XRegister.T2, XRegister.S3, 0); break;
            case 2: code.AmoaddD(XRegister.T2, XRegister.S3, XRegister.T0, 0); break;
            default: code.Addi(XRegister.S3, XRegister.S3, 8); break;
        }
    }
}
