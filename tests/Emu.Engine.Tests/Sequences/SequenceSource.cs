using Emu.Guest.RiscV;
using Emu.Ir.Reference.RandomBlocks;

namespace Emu.Engine.Tests.Sequences;

/// <summary>Random code with the registers that it begins with. Equal seeds give equal sequences.</summary>
internal sealed class SequenceSource(int seed, CpuModel cpu)
{
    private readonly Random _random = new(seed);
    private readonly StraightLineSampler _sampler = new(new Random(~seed), cpu);

    /// <summary>Instructions of the CPU's extensions, with branches forward over some of them.</summary>
    public Sequence Next(int instructions)
    {
        var hasWideReservation = false;
        var steps = new List<Step>();
        while (steps.Count < instructions)
            steps.Add(_random.OneIn(8) ? NextBranch() : new Step(NextInstruction(ref hasWideReservation).Bits));
        return new Sequence(steps, Registers());
    }

    private Step NextBranch() =>
        new(0, (Branch)_random.Next(1, (int)Branch.Always + 1), (XRegister)_random.Next(32), (XRegister)_random.Next(32), _random.Next(1, 4));

    /// <summary>
    /// Not sc.w after lr.d: whether it succeeds is the implementation's choice (Unpriv. ISA 14.2). And no compare-and-swap to x0, with which
    /// qemu 11.1 overwrites its zero.
    /// </summary>
    private Instruction NextInstruction(ref bool hasWideReservation)
    {
        while (true)
        {
            var instruction = _sampler.Next();
            if ((hasWideReservation && instruction.Opcode == Opcode.ScW) || IsSwapToZero(instruction))
                continue;
            hasWideReservation |= instruction.Opcode == Opcode.LrD;
            return instruction;
        }
    }

    private static bool IsSwapToZero(Instruction instruction) =>
        instruction.Opcode is >= Opcode.AmocasB and <= Opcode.AmocasH or >= Opcode.AmocasW and <= Opcode.AmocasQ && new FormatCas(instruction.Bits).Rc == XRegister.Zero;

    /// <summary>x0 to x31, f0 to f31, fcsr.</summary>
    private ulong[] Registers()
    {
        var registers = new ulong[SequenceProgram.RegisterCount];
        for (var number = 1; number < 32; number++)
            registers[number] = _random.NextInteger();
        for (var number = 32; number < 64; number++)
            registers[number] = _random.NextFloat();
        registers[SequenceProgram.Fcsr] = (ulong)(_random.Next(5) << 5 | _random.Next(32));
        return registers;
    }
}
