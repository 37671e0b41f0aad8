namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary>The product.</summary>
    public static ulong Multiply<TFormat>(ulong a, ulong b, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat
    {
        var x = Unpacked.From<TFormat>(a);
        var y = Unpacked.From<TFormat>(b);
        if (x.IsNaN || y.IsNaN) return FromNaN<TFormat>(x.Kind, y.Kind, ref flags);
        if (IsZeroTimesInfinity(x, y)) return Invalid<TFormat>(ref flags);
        var negative = x.Negative != y.Negative;
        if (x.Kind == FloatKind.Infinity || y.Kind == FloatKind.Infinity)
        {
            return WithSign<TFormat>(negative, FloatFormat<TFormat>.Infinity);
        }
        if (x.Kind == FloatKind.Zero || y.Kind == FloatKind.Zero) return WithSign<TFormat>(negative, 0);

        var product = WideNumber.Product(x, y);
        var high = (ulong)(product.Significand >> 63);
        var lost = (ulong)product.Significand << 1;
        return Round<TFormat>(negative, product.Exponent, high | (lost != 0 ? 1UL : 0), mode, ref flags);
    }

    private static bool IsZeroTimesInfinity(in Unpacked x, in Unpacked y) =>
        (x.Kind == FloatKind.Zero && y.Kind == FloatKind.Infinity) || (x.Kind == FloatKind.Infinity && y.Kind == FloatKind.Zero);
}
