using System.Globalization;
using System.Text;

namespace Emu.Guest.RiscV;

/// <summary>
/// The text of instructions, as binutils' objdump prints them by default: aliases where there are any, a tab between mnemonic
/// and operands, absolute branch targets. Where it differs from objdump is listed in this folder's README.
/// </summary>
public static partial class Disassembler
{
    /// <summary>Appends the text of an instruction that stands at <paramref name="pc"/>.</summary>
    public static void Append(StringBuilder text, Instruction instruction, ulong pc)
    {
        if (instruction.Opcode == Opcode.Illegal)
        {
            text.Append(Illegal(instruction));
            return;
        }

        var shown = new DisassemblyText(text, pc);
        Write(shown, instruction.Opcode, instruction.Bits);
        if (OffsetFromKnownBase(instruction, shown.Immediate) is { } address)
            text.Append(CultureInfo.InvariantCulture, $" # 0x{(ulong)address:x}");
    }

    /// <summary>The text of an instruction that stands at <paramref name="pc"/>.</summary>
    public static string ToText(Instruction instruction, ulong pc)
    {
        var text = new StringBuilder();
        Append(text, instruction, pc);
        return text.ToString();
    }

    /// <summary>The address that an instruction forms from zero, or from the thread pointer, which objdump takes for zero, too.</summary>
    private static long? OffsetFromKnownBase(Instruction instruction, int? immediate)
    {
        var expanded = instruction.Expanded;
        return (expanded.Opcode, expanded.Class, new FormatI(expanded.Bits).Rs1) switch
        {
            (Opcode.Jalr, _, XRegister.Zero or XRegister.Tp) when instruction.Opcode == Opcode.Jalr => immediate ?? 0,
            (Opcode.Addi or Opcode.Addiw, _, XRegister.Tp) => immediate,
            (_, InstructionClass.Load or InstructionClass.Store or InstructionClass.FpLoad or InstructionClass.FpStore, XRegister.Zero or XRegister.Tp) => immediate,
            _ => null,
        };
    }

    private static string Illegal(Instruction instruction) =>
        instruction.Length == 4 ? string.Create(CultureInfo.InvariantCulture, $".4byte\t0x{instruction.Bits:x}") :
        (instruction.Bits & 0xFFFF) == 0 ? "unimp" :
        string.Create(CultureInfo.InvariantCulture, $".2byte\t0x{instruction.Bits & 0xFFFF:x}");
}
