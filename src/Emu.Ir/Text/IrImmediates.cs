using System.Globalization;
using System.Text;

namespace Emu.Ir.Text;

/// <summary>What an op's <see cref="IrInsn.Imm"/> is in the text.</summary>
internal enum IrImmediate
{
    /// <summary>A part of the address: <c>[a1 + 0x10]</c>.</summary>
    Displacement,
    /// <summary>A guest address.</summary>
    Address,
    /// <summary>An <see cref="IrTrap"/>.</summary>
    Trap,
    /// <summary>A function of <see cref="IrHelpers"/>: <c>@name</c>.</summary>
    Helper,
    /// <summary>A place in <see cref="IrBlock.Hooks"/>: <c>#0</c>.</summary>
    Hook,
    /// <summary>A number of instructions.</summary>
    Count,
}

/// <summary>The text of immediates.</summary>
internal static class IrImmediates
{
    /// <summary>What the immediate of an op is.</summary>
    public static IrImmediate KindOf(IrOp op) => op switch
    {
        IrOp.Load or IrOp.Store => IrImmediate.Displacement,
        IrOp.Trap => IrImmediate.Trap,
        IrOp.CallHelper => IrImmediate.Helper,
        >= IrOp.PluginExec and <= IrOp.ScoreboardAddAt => IrImmediate.Hook,
        IrOp.SkipUnlessZero => IrImmediate.Count,
        _ => IrImmediate.Address,
    };

    /// <summary>Appends an immediate that is no displacement.</summary>
    public static void Print(in IrInsn insn, StringBuilder text)
    {
        switch (KindOf(insn.Op))
        {
            case IrImmediate.Trap:
                text.Append((IrTrap)insn.Imm);
                break;
            case IrImmediate.Helper when (ulong)insn.Imm < (ulong)IrHelpers.Count:
                text.Append('@').Append(IrHelpers.NameOf(insn.Imm));
                break;
            case IrImmediate.Helper:
                text.Append(CultureInfo.InvariantCulture, $"@?{insn.Imm}");
                break;
            case IrImmediate.Hook:
                text.Append(CultureInfo.InvariantCulture, $"#{insn.Imm}");
                break;
            case IrImmediate.Count:
                text.Append(CultureInfo.InvariantCulture, $"{insn.Imm}");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"0x{insn.Imm:x}");
                break;
        }
    }
}
