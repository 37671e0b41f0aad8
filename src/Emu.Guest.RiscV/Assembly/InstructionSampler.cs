namespace Emu.Guest.RiscV;

/// <summary>Random instructions, for fuzzing and for differential tests. Equal seeds give equal sequences. Owned by one thread.</summary>
public sealed class InstructionSampler(Random random)
{
    /// <summary>All instructions that can be asked for.</summary>
    public static IReadOnlyList<Opcode> Opcodes { get; } = Array.FindAll(Enum.GetValues<Opcode>(), static opcode => opcode != Opcode.Illegal);

    /// <summary>The class of an instruction.</summary>
    public static InstructionClass ClassOf(Opcode opcode) => (InstructionClass)InstructionTables.Classes[(int)opcode];

    /// <summary>Any instruction, with any operands.</summary>
    public Instruction Next() => Next(Opcodes[random.Next(Opcodes.Count)]);

    /// <summary>The given instruction, with any operands that its encoding allows.</summary>
    public Instruction Next(Opcode opcode)
    {
        while (true)
        {
            var bits = InstructionTables.Matches[(int)opcode] | ((uint)random.NextInt64(1L << 32) & InstructionTables.Free[(int)opcode]);
            if (InstructionDecoder.Decode(bits) == opcode)
                return new Instruction(opcode, bits);
        }
    }
}
