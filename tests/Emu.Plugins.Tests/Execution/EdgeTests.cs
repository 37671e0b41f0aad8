using Emu.Backend.Threaded;
using Emu.Backend.X64;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Ir;
using Emu.Ir.Passes;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Execution;

/// <summary>What tells of edges tells of those that follow from the order of instructions.</summary>
public class EdgeTests
{
    private const int Programs = 25;

    private static readonly XRegister[] Compared = [XRegister.T0, XRegister.T1, XRegister.T2, XRegister.Zero];

    [Test]
    [Arguments("threaded", PassSet.All, 0)]
    [Arguments("threaded", PassSet.None, int.MaxValue)]
    [Arguments("x64", PassSet.All, int.MaxValue)]
    [Arguments("x64", PassSet.None, 0)]
    [Arguments("x64", PassSet.All, int.MaxValue, 2)]
    [Arguments("x64", PassSet.All, 0, 3)]
    [Arguments("x64", PassSet.None, int.MaxValue, 2)]
    public async Task E6_edges_are_those_of_the_order_of_instructions(string backend, PassSet passes, int maxLoweredOps, int traceAfter = 0)
    {
        for (var seed = 0; seed < Programs; seed++)
            foreach (var kind in (EdgeKind[])[EdgeKind.Both, EdgeKind.Taken, EdgeKind.FallThrough])
            {
                var (edges, traces) = Run(backend, new TranslationOptions { Verify = true, Passes = passes, TraceAfter = traceAfter }, maxLoweredOps, seed, kind);
                await Assert.That(edges.Called).IsEquivalentTo(edges.Derived, CollectionOrdering.Matching).Because($"seed {seed}, {kind}");
                await Assert.That(edges.Traced).IsEquivalentTo(edges.Derived, CollectionOrdering.Matching).Because($"seed {seed}, {kind}");
                await Assert.That(edges.Derived.Count).IsGreaterThan(10);
                await Assert.That(traces > 0).IsEqualTo(traceAfter > 0).Because($"seed {seed}, {kind}");
                await Assert.That(edges.Summed).IsEqualTo(SumsOf(edges.Derived)).Because($"seed {seed}, {kind}");
            }
    }

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task E6_an_edge_to_where_nothing_can_be_executed_is_told_before_the_fault(string backend)
    {
        using var machine = new TestMachine(code => code.Jalr(XRegister.Zero, XRegister.Zero, 0x7F0), backend: (guest, memory) => New(backend, guest, memory));
        var edges = machine.Install(new Edger());
        machine.Run();
        await Assert.That(edges.Called).IsEquivalentTo([$"{TestMachine.Code:x} 7f0 Taken 0"]);
        await Assert.That(machine.System.Trap).IsEqualTo(IrTrap.FetchFault);
    }

    private static (Edger Edges, int Traces) Run(string backend, TranslationOptions options, int maxLoweredOps, int seed, EdgeKind kind)
    {
        var random = new Random(seed);
        CountingCalls? counting = null;
        using var machine = new TestMachine(code => Assemble(code, random), options, (guest, memory) => counting = new CountingCalls(New(backend, guest, memory), maxLoweredOps));
        var edges = machine.Install(new Edger { Kind = kind });
        machine.Run(vcpu =>
        {
            foreach (var register in Compared)
                if (register != XRegister.Zero)
                    vcpu.Register(RiscVState.OffsetOf(register)) = (ulong)random.NextInt64(-4, 4);
            vcpu.Register(RiscVState.OffsetOf(XRegister.Sp)) = TestMachine.Data + 0x8000;
        });
        machine.Exit();
        return (edges, counting!.Traces);
    }

    private static (ulong Taken, ulong FallThrough, ulong Stored, ulong Hash) SumsOf(List<string> edges)
    {
        var (taken, not, last, hash) = (0UL, 0UL, 0UL, 0UL);
        foreach (var fields in edges.Select(edge => edge.Split(' ')))
        {
            var isTaken = fields[2] == nameof(EdgeKind.Taken);
            taken += isTaken ? 1UL : 0;
            not += isTaken ? 0UL : 1;
            last = Hex(fields[0]);
            hash = Edger.Hash(hash, Hex(fields[1]), Hex(fields[3]), isTaken);
        }

        return (taken, not, last, hash);
    }

    private static ulong Hex(string text) => Convert.ToUInt64(text, 16);

    /// <summary>A loop of random branches of all kinds, jumps, calls by both instructions with a frame on the stack, and their returns.</summary>
    private static void Assemble(Assembler code, Random random)
    {
        var (top, start, function) = (new Label(), new Label(), new Label());
        code.Jal(XRegister.Zero, start);
        code.Place(function);
        code.Addi(XRegister.Sp, XRegister.Sp, -16);
        code.Addi(XRegister.T2, XRegister.T2, 1);
        code.Addi(XRegister.Sp, XRegister.Sp, 16);
        code.Jalr(XRegister.Zero, XRegister.Ra, 0);
        code.Place(start);
        code.Addi(XRegister.S2, XRegister.Zero, 40);
        code.Place(top);
        for (var i = 0; i < 12; i++)
        {
            var over = new Label();
            Divert(code, random.Next(9), Pick(random), Pick(random), over, function);
            code.Addi(XRegister.T0, XRegister.T0, random.Next(-2, 3));
            code.Sub(XRegister.T1, XRegister.T0, XRegister.T1);
            code.Place(over);
        }

        code.Addi(XRegister.S2, XRegister.S2, -1);
        code.Bne(XRegister.S2, XRegister.Zero, top);
    }

    private static void Divert(Assembler code, int what, XRegister a, XRegister b, Label over, Label function)
    {
        switch (what)
        {
            case 0: code.Beq(a, b, over); break;
            case 1: code.Bne(a, b, over); break;
            case 2: code.Blt(a, b, over); break;
            case 3: code.Bge(a, b, over); break;
            case 4: code.Bltu(a, b, over); break;
            case 5: code.Bgeu(a, b, over); break;
            case 6: code.Jal(XRegister.Zero, over); break;
            case 7: code.Jal(XRegister.Ra, function); break;
            default:
                // An indirect jump whose register is its own link.
                code.Auipc(XRegister.T5, 0);
                code.Jalr(XRegister.T5, XRegister.T5, 8);
                break;
        }
    }

    private static XRegister Pick(Random random) => Compared[random.Next(Compared.Length)];

    private static IBackend New(string name, RiscVGuest guest, GuestMemory memory) => name == "x64" ? new X64Backend(guest, memory) : new ThreadedBackend(guest.StateSize);
}
