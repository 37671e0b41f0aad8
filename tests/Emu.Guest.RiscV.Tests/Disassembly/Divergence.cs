using System.Buffers.Binary;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Where the disassembler is meant to differ from objdump 2.40; examples with both texts are in divergences.txt.</summary>
internal static class Divergence
{
    /// <summary>What objdump 2.40 knows of what the tables have.</summary>
    public static CpuModel Known { get; } =
        CpuOption.TryParse("max,-zicond,-zcb,-zihintntl,-zimop,-zcmop,-zfa,-zacas,-zabha", out var cpu, out var error) ? cpu : throw new InvalidOperationException(error);

    public static Instruction Decode(uint word)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        return Instruction.Decode(bytes);
    }

    /// <summary>True for the instructions that divergences.txt has examples of.</summary>
    public static bool IsPinned(Instruction instruction) => instruction.Opcode switch
    {
        // Reserved fields of fences are ignored, as the manual asks of implementations (Unpriv. ISA 2.7 and chapter 5).
        Opcode.Fence or Opcode.FenceI => (instruction.Bits & 0xF00FFF80) != 0,
        // Exact conversions have a rounding mode like all others; objdump knows only 0.
        Opcode.FcvtDW or Opcode.FcvtDWu or Opcode.FcvtDS or Opcode.FcvtSH or Opcode.FcvtDH => (instruction.Bits & 0x7000) != 0,
        // c.addi16sp with a zero immediate is reserved (28.5).
        Opcode.Illegal => instruction.Bits == 0x6101,
        // Extensions that came later: golden.txt has the texts of objdump 2.47.
        var opcode => !Known.Has(opcode),
    };

    /// <summary>True if objdump remembers the instruction's result to complete addresses with: it is compared in a run of its own.</summary>
    public static bool IsRemembered(uint word) => Decode(word).Expanded.Opcode is Opcode.Lui or Opcode.Auipc || (word & 0xFFFFE003) == 0x6001;
}
