namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary><c>a * b + c</c> with one rounding. Zero times infinity is invalid even if <paramref name="c"/> is a quiet NaN (Unpriv. ISA 20.6).</summary>
    public static ulong FusedMultiplyAdd<TFormat>(ulong a, ulong b, ulong c, IrRounding mode, ref uint flags)
        where TFormat : struct, IFloatFormat
    {
        var x = Unpacked.From<TFormat>(a);
        var y = Unpacked.From<TFormat>(b);
        var z = Unpacked.From<TFormat>(c);
        if (IsZeroTimesInfinity(x, y)) return Invalid<TFormat>(ref flags);
        if (x.IsNaN || y.IsNaN || z.IsNaN)
        {
            FromNaN<TFormat>(x.Kind, y.Kind, ref flags);
            return FromNaN<TFormat>(z.Kind, z.Kind, ref flags);
        }

        var negative = x.Negative != y.Negative;
        if (x.Kind == FloatKind.Infinity || y.Kind == FloatKind.Infinity)
        {
            return z.Kind == FloatKind.Infinity && z.Negative != negative
                ? Invalid<TFormat>(ref flags)
                : WithSign<TFormat>(negative, FloatFormat<TFormat>.Infinity);
        }
        if (x.Kind == FloatKind.Zero || y.Kind == FloatKind.Zero)
        {
            return z.Kind == FloatKind.Zero ? ZeroSum<TFormat>(negative, z.Negative, mode) : c & FloatFormat<TFormat>.AllBits;
        }
        return z.Kind switch
        {
            FloatKind.Infinity => c & FloatFormat<TFormat>.AllBits,
            FloatKind.Zero => Multiply<TFormat>(a, b, mode, ref flags),
            _ => RoundedSum<TFormat>(WideNumber.Product(x, y), WideNumber.From(z), mode, ref flags),
        };
    }
}
