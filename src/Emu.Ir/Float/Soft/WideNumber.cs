namespace Emu.Ir.Float;

/// <summary>
/// A number that is not zero, wide enough for an exact product: the magnitude is <c>Significand * 2^(Exponent - 126)</c>,
/// bit 126 of the significand is its highest one, so that two of them can be added.
/// </summary>
internal readonly record struct WideNumber(bool Negative, int Exponent, UInt128 Significand)
{
    public static WideNumber From(in Unpacked number) => new(number.Negative, number.Exponent, (UInt128)number.Significand << 63);

    /// <summary>The exact product of two numbers.</summary>
    public static WideNumber Product(in Unpacked x, in Unpacked y)
    {
        var high = Math.BigMul(x.Significand, y.Significand, out var low);
        var product = new UInt128(high, low);
        var negative = x.Negative != y.Negative;
        var exponent = x.Exponent + y.Exponent;
        // Significands end in at least eleven zeros, so that nothing is lost.
        return (long)high < 0
            ? new WideNumber(negative, exponent + 1, product >> 1)
            : new WideNumber(negative, exponent, product);
    }
}
