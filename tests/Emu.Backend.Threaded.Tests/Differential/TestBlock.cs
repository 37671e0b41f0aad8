using Emu.Guest.RiscV;
using Emu.Ir;

namespace Emu.Backend.Tests.Differential;

/// <summary>Blocks from the few ops that a test is about.</summary>
internal static class TestBlock
{
    public const ulong Pc = 0x10000;

    /// <summary>Where a block without a terminal of its own goes on.</summary>
    public const ulong Next = Pc + 0x400;

    private const int InsnSize = 4;

    /// <summary>The offset of a guest register.</summary>
    public static int Offset(int register) => RiscVState.OffsetOf((XRegister)register);

    /// <summary>A block of one guest instruction per action, and a jump at its end if the last has no terminal.</summary>
    public static IrBlock Of(params Action<IrBuilder>[] instructions) => At(Pc, instructions);

    /// <inheritdoc cref="Of"/>
    public static IrBlock At(ulong pc, params Action<IrBuilder>[] instructions)
    {
        var block = new IrBlock();
        block.Reset(pc);
        var ir = new IrBuilder(block);
        foreach (var instruction in instructions)
        {
            ir.InsnStart((long)block.EndPc, InsnSize);
            block.EndPc += InsnSize;
            block.InstructionCount++;
            instruction(ir);
        }

        if (!block.Insns[^1].Op.IsTerminal())
            ir.Jump((long)Next);
        IrVerifier.Verify(block);
        return block;
    }

    /// <summary>Appends any op.</summary>
    public static void Append(this IrBuilder ir, in IrInsn insn) => ir.Block.Append(insn.Op) = insn;
}
