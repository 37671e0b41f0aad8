using System.Globalization;
using System.Text;
using Emu.Ir.Text;

namespace Emu.Ir;

/// <summary>
/// Says whether a complete block keeps the rules of the IR: every op has the operands of its row in <c>Ir.ops</c> and no
/// others, temporaries are assigned once and before their use, indexes and sizes are in range, the guest instructions
/// follow each other without gaps, and one terminal stands at the end. For tests and the debug switch of the pipeline:
/// it allocates. Stateless, so thread-safe.
/// </summary>
public static class IrVerifier
{
    /// <summary>Throws if the block breaks a rule.</summary>
    /// <exception cref="InvalidIrException">The first rule that is broken and where.</exception>
    public static void Verify(IrBlock block, IrNames? names = null)
    {
        if (ErrorIn(block, names) is { } error)
            throw new InvalidIrException(error);
    }

    /// <summary>The first rule that is broken and where, or null if the block is valid.</summary>
    public static string? ErrorIn(IrBlock block, IrNames? names = null)
    {
        var values = new ValueRules(block);
        var order = new OrderRules(block);
        for (var index = 0; index < block.Count; index++)
        {
            ref readonly var insn = ref block.Insns[index];
            var error = (byte)insn.Op < IrOps.Count
                ? values.ErrorIn(insn) ?? ModifierRules.ErrorIn(insn, block) ?? order.ErrorIn(insn)
                : "no such op";
            if (error is not null)
                return Describe(block, index, error, names);
        }

        return order.ErrorAtEnd();
    }

    private static string Describe(IrBlock block, int index, string error, IrNames? names)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"instruction {index}: {error}: ");
        IrPrinter.PrintInsn(block, block.Insns[index], text, names);
        return text.ToString();
    }
}
