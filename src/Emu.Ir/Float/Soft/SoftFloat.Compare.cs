namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary>1 if equal, else 0; quiet: only a signalling NaN is invalid.</summary>
    public static ulong Equal<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        if (IsUnordered<TFormat>(a, b))
        {
            RaiseIfSignalling<TFormat>(a, b, ref flags);
            return 0;
        }
        return Order<TFormat>(a) == Order<TFormat>(b) ? 1UL : 0;
    }

    /// <summary>1 if a &lt; b, else 0; signalling: any NaN is invalid.</summary>
    public static ulong Less<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        if (IsUnordered<TFormat>(a, b))
        {
            flags |= FloatFlags.Invalid;
            return 0;
        }
        return Order<TFormat>(a) < Order<TFormat>(b) ? 1UL : 0;
    }

    /// <summary>1 if a &lt;= b, else 0; signalling: any NaN is invalid.</summary>
    public static ulong LessEqual<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        if (IsUnordered<TFormat>(a, b))
        {
            flags |= FloatFlags.Invalid;
            return 0;
        }
        return Order<TFormat>(a) <= Order<TFormat>(b) ? 1UL : 0;
    }

    /// <summary>IEEE 754-2019 minimumNumber: a NaN loses against a number, -0 is below +0; a signalling NaN is invalid.</summary>
    public static ulong Minimum<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        if (IsUnordered<TFormat>(a, b)) return NumberOf<TFormat>(a, b, ref flags);
        var (x, y) = (Order<TFormat>(a), Order<TFormat>(b));
        // Of equals only zeros can differ, in the sign.
        return (x == y ? a | b : x < y ? a : b) & FloatFormat<TFormat>.AllBits;
    }

    /// <summary>IEEE 754-2019 maximumNumber: a NaN loses against a number, -0 is below +0; a signalling NaN is invalid.</summary>
    public static ulong Maximum<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        if (IsUnordered<TFormat>(a, b)) return NumberOf<TFormat>(a, b, ref flags);
        var (x, y) = (Order<TFormat>(a), Order<TFormat>(b));
        return (x == y ? a & b : x > y ? a : b) & FloatFormat<TFormat>.AllBits;
    }

    /// <summary>1 if a &lt; b, else 0; quiet: only a signalling NaN is invalid.</summary>
    public static ulong LessQuiet<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        RaiseIfSignalling<TFormat>(a, b, ref flags);
        return !IsUnordered<TFormat>(a, b) && Order<TFormat>(a) < Order<TFormat>(b) ? 1UL : 0;
    }

    /// <summary>1 if a &lt;= b, else 0; quiet: only a signalling NaN is invalid.</summary>
    public static ulong LessEqualQuiet<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        RaiseIfSignalling<TFormat>(a, b, ref flags);
        return !IsUnordered<TFormat>(a, b) && Order<TFormat>(a) <= Order<TFormat>(b) ? 1UL : 0;
    }

    /// <summary>IEEE 754-2019 minimum: a NaN wins, -0 is below +0; a signalling NaN is invalid.</summary>
    public static ulong MinimumOrNaN<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        var number = Minimum<TFormat>(a, b, ref flags);
        return IsUnordered<TFormat>(a, b) ? FloatFormat<TFormat>.CanonicalNaN : number;
    }

    /// <summary>IEEE 754-2019 maximum: a NaN wins, -0 is below +0; a signalling NaN is invalid.</summary>
    public static ulong MaximumOrNaN<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        var number = Maximum<TFormat>(a, b, ref flags);
        return IsUnordered<TFormat>(a, b) ? FloatFormat<TFormat>.CanonicalNaN : number;
    }

    /// <summary>The operand that is no NaN, or the canonical NaN.</summary>
    private static ulong NumberOf<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        RaiseIfSignalling<TFormat>(a, b, ref flags);
        if (!FloatFormat<TFormat>.IsNaN(a)) return a & FloatFormat<TFormat>.AllBits;
        if (!FloatFormat<TFormat>.IsNaN(b)) return b & FloatFormat<TFormat>.AllBits;
        return FloatFormat<TFormat>.CanonicalNaN;
    }

    private static bool IsUnordered<TFormat>(ulong a, ulong b) where TFormat : struct, IFloatFormat =>
        FloatFormat<TFormat>.IsNaN(a) || FloatFormat<TFormat>.IsNaN(b);

    private static void RaiseIfSignalling<TFormat>(ulong a, ulong b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        if (FloatFormat<TFormat>.IsSignallingNaN(a) || FloatFormat<TFormat>.IsSignallingNaN(b)) flags |= FloatFlags.Invalid;
    }

    /// <summary>An integer that orders all patterns but NaNs as their values; the zeros are equal.</summary>
    private static long Order<TFormat>(ulong bits) where TFormat : struct, IFloatFormat
    {
        var magnitude = (long)(bits & FloatFormat<TFormat>.MagnitudeBits);
        return FloatFormat<TFormat>.IsNegative(bits) ? -magnitude : magnitude;
    }
}
