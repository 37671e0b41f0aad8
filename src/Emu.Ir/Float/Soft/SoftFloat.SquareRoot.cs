namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary>The square root; -0 for -0, invalid for other negative operands.</summary>
    public static ulong SquareRoot<TFormat>(ulong a, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat
    {
        var x = Unpacked.From<TFormat>(a);
        if (x.IsNaN) return FromNaN<TFormat>(x.Kind, x.Kind, ref flags);
        if (x.Kind == FloatKind.Zero) return a & FloatFormat<TFormat>.AllBits;
        if (x.Negative) return Invalid<TFormat>(ref flags);
        if (x.Kind == FloatKind.Infinity) return FloatFormat<TFormat>.Infinity;

        // With an even exponent the radicand lies in [1, 4), as a fixed-point number with 62 fraction bits.
        var radicand = (x.Exponent & 1) == 0 ? x.Significand >> 1 : x.Significand;
        return Round<TFormat>(false, x.Exponent >> 1, RootOf<TFormat>(radicand), mode, ref flags);
    }

    /// <summary>The root of a fixed-point number in [1, 4), 62 fraction bits, as a normalized significand with a sticky bit.</summary>
    private static ulong RootOf<TFormat>(ulong radicand) where TFormat : struct, IFloatFormat
    {
        // Schoolbook, one digit of the root for two of the radicand; two digits more than the format has decide the rounding.
        var digits = FloatFormat<TFormat>.Precision + 2;
        ulong root = 0, remainder = 0;
        for (var i = 0; i < digits; i++)
        {
            remainder = remainder << 2 | radicand >> 62;
            radicand <<= 2;
            var trial = root << 2 | 1;
            // Digits are as good as random: no branch.
            var digit = remainder >= trial ? 1UL : 0;
            remainder -= trial & (0 - digit);
            root = root << 1 | digit;
        }
        return root << (64 - digits) | ((remainder | radicand) != 0 ? 1UL : 0);
    }
}
