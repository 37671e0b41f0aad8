namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary>
    /// RISC-V's class mask, exactly one bit set (Unpriv. ISA 20.9): from bit 0 up -infinity, -normal, -subnormal, -0, +0,
    /// +subnormal, +normal, +infinity, signalling NaN, quiet NaN.
    /// </summary>
    public static ulong Classify<TFormat>(ulong a) where TFormat : struct, IFloatFormat
    {
        if (FloatFormat<TFormat>.IsNaN(a)) return FloatFormat<TFormat>.IsSignallingNaN(a) ? 1UL << 8 : 1UL << 9;
        var magnitude = a & FloatFormat<TFormat>.MagnitudeBits;
        var distanceFromZero =
            magnitude == 0 ? 0
            : magnitude <= FloatFormat<TFormat>.FractionMask ? 1
            : magnitude < FloatFormat<TFormat>.Infinity ? 2
            : 3;
        return FloatFormat<TFormat>.IsNegative(a) ? 1UL << (3 - distanceFromZero) : 1UL << (4 + distanceFromZero);
    }
}
