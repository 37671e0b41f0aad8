using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;
using Emu.Ir.Passes;
using Emu.Ir.Reference.RandomBlocks;

namespace Emu.Backend.Tests.Differential;

/// <summary>Random guest instructions, decoded and translated, end in the same state in the reference interpreter and in the backend.</summary>
public sealed class GuestInstructionTests : IDisposable
{
    private const ulong CodeAddress = 0x10000;
    private const int Sequences = 400;

    private static readonly RandomBlockOptions Options = new()
    {
        MemoryStart = StartState.MemoryStart,
        MemorySize = StartState.MemorySize,
        Registers = [.. Enumerable.Range(1, 31).Select(number => RiscVState.OffsetOf((XRegister)number))],
        FloatRegisters = [.. Enumerable.Range(0, 32).Select(number => RiscVState.OffsetOf((FRegister)number))],
    };

    private readonly Comparison _comparison = new();
    private readonly GuestMemory _memory = new();
    private readonly RiscVGuest _guest = new();
    private readonly IrBlock _block = new();

    public GuestInstructionTests() =>
        _memory.MapAnonymous(CodeAddress, GuestMemory.PageSize, PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute);

    public void Dispose()
    {
        _comparison.Dispose();
        _memory.Dispose();
    }

    [Test]
    [Arguments(PassSet.None)]
    [Arguments(PassSet.All)]
    public async Task Straight_sequences(PassSet passes)
    {
        for (var seed = 0; seed < Sequences; seed++)
        {
            var start = new StartState(seed, Options)
            {
                // So far apart, and from the read-only page, that every access succeeds.
                [RiscVState.OffsetOf(XRegister.Sp)] = StartState.MemoryStart + 0x900,
                [RiscVState.OffsetOf(XRegister.S0)] = StartState.MemoryStart + 0x2000,
            };
            await Check(new StraightLineSampler(new Random(seed)).NextCode(20), start, passes, seed);
        }
    }

    [Test]
    [Arguments(PassSet.None)]
    [Arguments(PassSet.All)]
    public async Task Any_instructions_with_faults_and_traps_where_they_come(PassSet passes)
    {
        for (var seed = 0; seed < Sequences * 4; seed++)
        {
            var sampler = new InstructionSampler(new Random(seed));
            var code = new Assembler();
            for (var count = 0; count < 6; count++)
                code.Word(NextButCounters(sampler).Bits);
            await Check(code.ToArray(), new StartState(seed, Options), passes, seed);
        }
    }

    [Test]
    [Arguments(PassSet.None)]
    [Arguments(PassSet.All)]
    public async Task Every_instruction_alone(PassSet passes)
    {
        const int seed = 9;
        var sampler = new InstructionSampler(new Random(seed));
        foreach (var opcode in InstructionSampler.Opcodes.Where(opcode => InstructionSampler.ClassOf(opcode) != InstructionClass.Csr))
            for (var sample = 0; sample < 4; sample++)
            {
                var code = new Assembler();
                code.Word(sampler.Next(opcode).Bits);
                await Check(code.ToArray(), new StartState(seed + sample, Options), passes, seed);
            }
    }

    private async Task Check(byte[] code, StartState start, PassSet passes, int seed)
    {
        await Assert.That(_memory.TryWrite(CodeAddress, code)).IsTrue();
        _block.Reset(CodeAddress);
        // Behind the code stand zeros, which are illegal and end the block.
        await Assert.That(_memory.TryWrite(CodeAddress + (ulong)code.Length, 0)).IsTrue();
        _guest.Translate(new IrBuilder(_block), _memory, 512);
        _comparison.Check(_block, start, new IrPipeline(passes) { IsVerifying = true }, $"seed {seed}, {Convert.ToHexString(code)}");
    }

    /// <summary>Counters give another value each time they are read.</summary>
    private static Instruction NextButCounters(InstructionSampler sampler)
    {
        while (true)
            if (sampler.Next() is var instruction && (instruction.Class != InstructionClass.Csr || instruction.Bits >> 20 is not (0xC00 or 0xC01 or 0xC02)))
                return instruction;
    }
}
