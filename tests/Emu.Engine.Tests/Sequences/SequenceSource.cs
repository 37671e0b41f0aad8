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
        var code = new Assembler();
        var targets = new List<(Label Target, int Distance)>();
        var hasWideReservation = false;
        for (var count = 0; count < instructions; count++)
        {
            Advance(code, targets);
            if (_random.OneIn(8))
                targets.Add((Branch(code), _random.Next(1, 4)));
            else
                code.Word(NextInstruction(ref hasWideReservation).Bits);
        }

        foreach (var (target, _) in targets)
            code.Place(target);
        return new Sequence(code.ToArray(), Registers());
    }

    private static void Advance(Assembler code, List<(Label Target, int Distance)> targets)
    {
        for (var index = targets.Count - 1; index >= 0; index--)
            if (targets[index] is var (target, distance) && distance > 0)
            {
                targets[index] = (target, distance - 1);
            }
            else
            {
                code.Place(targets[index].Target);
                targets.RemoveAt(index);
            }
    }

    private Label Branch(Assembler code)
    {
        var (target, a, b) = (new Label(), (XRegister)_random.Next(32), (XRegister)_random.Next(32));
        switch (_random.Next(7))
        {
            case 0: code.Beq(a, b, target); break;
            case 1: code.Bne(a, b, target); break;
            case 2: code.Blt(a, b, target); break;
            case 3: code.Bge(a, b, target); break;
            case 4: code.Bltu(a, b, target); break;
            case 5: code.Bgeu(a, b, target); break;
            default: code.Jal(XRegister.Zero, target); break;
        }

        return target;
    }

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

/// <summary>A piece of code and the registers that it begins with.</summary>
/// <param name="Code">As it stands in memory.</param>
/// <param name="Registers">In the order of <see cref="SequenceProgram"/>'s dumps; the bases of memory accesses are set by the program.</param>
internal sealed record Sequence(byte[] Code, ulong[] Registers);
