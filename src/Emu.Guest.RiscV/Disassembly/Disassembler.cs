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

        Write(new DisassemblyText(text, pc), instruction.Opcode, instruction.Bits);
    }

    /// <summary>The text of an instruction that stands at <paramref name="pc"/>.</summary>
    public static string ToText(Instruction instruction, ulong pc)
    {
        var text = new StringBuilder();
        Append(text, instruction, pc);
        return text.ToString();
    }

    private static string Illegal(Instruction instruction) =>
        instruction.Length == 4 ? string.Create(CultureInfo.InvariantCulture, $".4byte\t0x{instruction.Bits:x}") :
        (instruction.Bits & 0xFFFF) == 0 ? "unimp" :
        string.Create(CultureInfo.InvariantCulture, $".2byte\t0x{instruction.Bits & 0xFFFF:x}");
}
