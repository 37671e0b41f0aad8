using System.Buffers.Binary;
using System.Numerics;

namespace Emu.Guest.RiscV;

/// <summary>A decoded instruction: what can be said of it without running it.</summary>
/// <param name="Opcode">Its row in the tables.</param>
/// <param name="Bits">The word as it stands in memory; a compressed instruction has 16 bits.</param>
public readonly record struct Instruction(Opcode Opcode, uint Bits)
{
    /// <summary>Decodes the start of <paramref name="bytes"/>, of any extension; bytes that are missing make it illegal.</summary>
    public static Instruction Decode(ReadOnlySpan<byte> bytes) => Decode(bytes, CpuModel.Max);

    /// <summary>Decodes the start of <paramref name="bytes"/> for a CPU; bytes that are missing make it illegal.</summary>
    public static Instruction Decode(ReadOnlySpan<byte> bytes, CpuModel cpu)
    {
        if (bytes.Length < 2)
            return new Instruction(Opcode.Illegal, bytes.Length == 0 ? 0u : bytes[0]);
        uint bits = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (InstructionDecoder.LengthOf(bits) == 4)
        {
            if (bytes.Length < 4)
                return new Instruction(Opcode.Illegal, bits);
            bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        }

        return new Instruction(cpu.Decode(bits), bits);
    }

    /// <summary>Bytes in memory.</summary>
    public int Length => InstructionDecoder.LengthOf(Bits);

    /// <summary>The name, as the manual writes it.</summary>
    public string Name => InstructionTables.Names[(int)Opcode];

    /// <summary>The class of its row.</summary>
    public InstructionClass Class => (InstructionClass)InstructionTables.Classes[(int)Opcode];

    /// <summary>The extension that brings it, the first of several in the order of an ISA string; empty if it is illegal.</summary>
    public string Extension =>
        InstructionTables.Providers[(int)Opcode] is not 0 and var providers ? ExtensionTables.Names[BitOperations.TrailingZeroCount(providers)] : "";

    /// <summary>The instruction itself, or the one that a compressed instruction stands for.</summary>
    public Instruction Expanded => new((Opcode)InstructionTables.Bases[(int)Opcode], InstructionEncoder.Expand(Opcode, Bits));

    /// <summary>The registers it names to read.</summary>
    public RegisterSet Reads
    {
        get
        {
            var expanded = Expanded;
            return InstructionRegisters.Reads(expanded.Opcode, expanded.Bits);
        }
    }

    /// <summary>The registers it names to write.</summary>
    public RegisterSet Writes
    {
        get
        {
            var expanded = Expanded;
            return InstructionRegisters.Writes(expanded.Opcode, expanded.Bits);
        }
    }

    /// <summary>The word and its text, as it reads at address 0.</summary>
    public override string ToString() => $"0x{Bits:x} {Disassembler.ToText(this, 0)}";
}
