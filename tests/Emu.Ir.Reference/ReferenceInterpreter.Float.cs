using Emu.Ir.Float;

namespace Emu.Ir.Reference;

/// <content>Floating-point ops.</content>
public sealed partial class ReferenceInterpreter
{
    private ulong ComputeFloat(in IrInsn insn, ulong a, ulong b, ulong c)
    {
        var named = (IrRounding)insn.Flags;
        var mode = named == IrRounding.Dynamic ? (IrRounding)state.RoundingMode : named;
        return FloatEvaluator.TryEvaluate(insn.Op, insn.Size, mode, a, b, c, ref state.FloatFlags, out var value) ? value : throw Unknown(insn.Op);
    }
}
