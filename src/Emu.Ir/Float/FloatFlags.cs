namespace Emu.Ir.Float;

/// <summary>
/// The accrued exception flags of floating point, as bits of a <c>uint</c>. The bits are those of RISC-V's <c>fflags</c>
/// (Unpriv. ISA 20.2); operations only ever set them.
/// </summary>
public static class FloatFlags
{
    /// <summary>NX: the result was rounded.</summary>
    public const uint Inexact = 1;

    /// <summary>UF: the result was rounded and tiny; tininess is detected after rounding.</summary>
    public const uint Underflow = 2;

    /// <summary>OF: the rounded result is too large for the format.</summary>
    public const uint Overflow = 4;

    /// <summary>DZ: a finite number was divided by zero.</summary>
    public const uint DivideByZero = 8;

    /// <summary>NV: the operation has no meaningful result, or an operand was a signalling NaN.</summary>
    public const uint Invalid = 16;
}
