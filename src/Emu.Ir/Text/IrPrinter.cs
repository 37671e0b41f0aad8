using System.Globalization;
using System.Text;

namespace Emu.Ir.Text;

/// <summary>
/// Writes IR as text (<c>-d ir</c>), in the form that <see cref="IrParser"/> reads back; the folder's README shows it.
/// Prints broken IR as well as it can, for the verifier's messages. Stateless, so thread-safe.
/// </summary>
public static class IrPrinter
{
    /// <summary>The block as text; registers by number if there are no <paramref name="names"/>.</summary>
    public static string ToText(IrBlock block, IrNames? names = null)
    {
        var text = new StringBuilder();
        Print(block, text, names);
        return text.ToString();
    }

    /// <summary>Appends the block: its header, its hooks, one line for each instruction.</summary>
    public static void Print(IrBlock block, StringBuilder text, IrNames? names = null)
    {
        text.Append(CultureInfo.InvariantCulture, $"block 0x{block.Pc:x} end=0x{block.EndPc:x} insns={block.InstructionCount} temps={block.TempCount}\n");
        foreach (ref readonly var hook in block.Hooks)
            IrHookText.Print(hook, text);
        foreach (ref readonly var insn in block.Insns)
        {
            text.Append(insn.Op == IrOp.InsnStart ? "  " : "    ");
            PrintInsn(block, insn, text, names);
            text.Append('\n');
        }
    }

    /// <summary>Appends one instruction, without indentation or line end.</summary>
    public static void PrintInsn(IrBlock block, in IrInsn insn, StringBuilder text, IrNames? names = null)
    {
        names ??= IrNames.None;
        if ((byte)insn.Op >= IrOps.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"?{(byte)insn.Op}");
            return;
        }

        var operands = IrOps.OperandsOf(insn.Op);
        if ((operands & IrOperands.Dst) != 0)
            AppendValue(block, insn.Dst, text, names).Append(" = ");
        AppendOp(insn, operands, text);
        AppendOperands(block, insn, operands, text, names);
    }

    private static void AppendOp(in IrInsn insn, IrOperands operands, StringBuilder text)
    {
        text.Append(insn.Op);
        if ((operands & IrOperands.Size) != 0)
            text.Append(CultureInfo.InvariantCulture, $".{insn.Size}");
        if (IrModifiers.WordOf(insn.Op, insn.Flags) is not { } word)
            text.Append(CultureInfo.InvariantCulture, $".?{(byte)insn.Flags}");
        else if (word.Length > 0)
            text.Append('.').Append(word);
    }

    private static void AppendOperands(IrBlock block, in IrInsn insn, IrOperands operands, StringBuilder text, IrNames names)
    {
        var isAddress = IrImmediates.KindOf(insn.Op) == IrImmediate.Displacement;
        var separator = " ";
        if (isAddress)
            AppendAddress(block, insn, Next(), names);
        else if ((operands & IrOperands.A) != 0)
            AppendValue(block, insn.A, Next(), names);
        if ((operands & IrOperands.B) != 0)
            AppendValue(block, insn.B, Next(), names);
        if ((operands & IrOperands.C) != 0)
            AppendValue(block, insn.C, Next(), names);
        if ((operands & IrOperands.Imm) != 0 && !isAddress)
            IrImmediates.Print(insn, Next());

        StringBuilder Next()
        {
            text.Append(separator);
            separator = ", ";
            return text;
        }
    }

    private static void AppendAddress(IrBlock block, in IrInsn insn, StringBuilder text, IrNames names)
    {
        AppendValue(block, insn.A, text.Append('['), names);
        if (insn.Imm != 0)
            AppendNumber(insn.Imm < 0 ? 0 - (ulong)insn.Imm : (ulong)insn.Imm, text.Append(insn.Imm < 0 ? " - " : " + "));
        text.Append(']');
    }

    private static StringBuilder AppendValue(IrBlock block, IrValue value, StringBuilder text, IrNames names) => value.Kind switch
    {
        IrValueKind.Temp => text.Append(CultureInfo.InvariantCulture, $"%{value.Index}"),
        IrValueKind.Global => text.Append(names.NameOf(value.Index)),
        IrValueKind.Constant when (uint)value.Index < (uint)block.ConstantCount => AppendConstant(block.ConstantOf(value), text),
        IrValueKind.Constant => text.Append(CultureInfo.InvariantCulture, $"?constant{value.Index}"),
        _ => text.Append('_'),
    };

    /// <summary>Small negative numbers are easier to read with their sign.</summary>
    private static StringBuilder AppendConstant(ulong value, StringBuilder text) =>
        (long)value is < 0 and > -0x100000 ? AppendNumber(0 - value, text.Append('-')) : AppendNumber(value, text);

    private static StringBuilder AppendNumber(ulong value, StringBuilder text) => text.Append(CultureInfo.InvariantCulture, $"0x{value:x}");
}
