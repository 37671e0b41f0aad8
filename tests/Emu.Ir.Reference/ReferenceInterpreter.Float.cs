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

    /// <summary>True for a float op in dynamic rounding mode while the guest has set none that exists.</summary>
    private bool HasNoRounding(in IrInsn insn) =>
        insn.Op.HasAny(IrProperties.Flags) && (IrRounding)insn.Flags == IrRounding.Dynamic && state.RoundingMode > (uint)IrRounding.NearestAway;
}
