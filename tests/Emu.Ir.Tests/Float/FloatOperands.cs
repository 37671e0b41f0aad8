using Emu.Ir.Float;

namespace Emu.Ir.Tests.Float;

/// <summary>Seeded random operands that crowd where floating point is difficult: edges, ties, cancellation, the ends of the range.</summary>
internal sealed class FloatOperands<TFormat>(Random random) where TFormat : struct, IFloatFormat
{
    private static readonly ulong[] Specials =
    [
        0, FloatFormat<TFormat>.Infinity, FloatFormat<TFormat>.CanonicalNaN, FloatFormat<TFormat>.Infinity | 1, FloatFormat<TFormat>.MaxFinite,
    ];

    private static readonly ulong[] Edges = MakeEdges();

    /// <summary>A pattern by itself.</summary>
    public ulong Next() => random.Next(9) switch
    {
        0 => Signed(Edges[random.Next(Edges.Length)]),
        1 => Beside(Edges[random.Next(Edges.Length)]),
        2 => (ulong)random.NextInt64(long.MinValue, long.MaxValue) & FloatFormat<TFormat>.AllBits,
        3 => Number(Bias + random.Next(-3, 4), Fraction()),
        4 => Number(Bias + random.Next(-70, 71), ShortFraction()),
        5 => Number(random.Next(0, 4), random.Next(2) == 0 ? Fraction() : ShortFraction()),
        6 => Number(MaxExponent - random.Next(0, 4), ShortFraction()),
        7 => Signed(Specials[random.Next(Specials.Length)]),
        _ => Number(random.Next(0, MaxExponent), Fraction()),
    };

    /// <summary>A pattern that is difficult together with <paramref name="other"/>.</summary>
    public ulong NextBeside(ulong other)
    {
        var exponent = FloatFormat<TFormat>.BiasedExponent(other);
        return random.Next(10) switch
        {
            0 => other ^ FloatFormat<TFormat>.SignBit,
            1 => Beside(other),
            // The product, then the quotient, at an end of the range.
            2 => Number(Bias - exponent + random.Next(-FloatFormat<TFormat>.Precision - 2, 3), Fraction()),
            3 => Number(Bias + MaxExponent - exponent + random.Next(-2, 3), Fraction()),
            4 => Number(Bias + exponent + random.Next(-3, FloatFormat<TFormat>.Precision + 3), Fraction()),
            5 => Number(exponent + random.Next(-FloatFormat<TFormat>.Precision - 2, FloatFormat<TFormat>.Precision + 3), ShortFraction()),
            6 => Signed(Specials[random.Next(Specials.Length)]),
            7 => Beside(random.Next(2) == 0 ? QuotientOfLeastNormal(other) : QuotientByLeastNormal(other)),
            _ => Next(),
        };
    }

    /// <summary>A third operand for a product of the first two: often nearly cancels it.</summary>
    public ulong NextBesideProduct(ulong a, ulong b)
    {
        if (random.Next(2) == 0) return NextBeside(a);
        uint flags = 0;
        var product = SoftFloat.Multiply<TFormat>(a, b, (IrRounding)random.Next(5), ref flags);
        return random.Next(3) == 0 ? NextBeside(product) : Beside(product);
    }

    /// <summary>An integer of a random number of digits, half of them in the upper ones, or near a power of two.</summary>
    public ulong NextInteger()
    {
        var power = 1UL << random.Next(64);
        var value = random.Next(3) switch
        {
            0 => power + (ulong)random.Next(-2, 3),
            1 => power | power >> random.Next(60) | (uint)random.Next(4),
            _ => (ulong)random.NextInt64() >> random.Next(64),
        };
        return random.Next(2) == 0 ? value : 0 - value;
    }

    private static int Bias => FloatFormat<TFormat>.Bias;

    private static int MaxExponent => FloatFormat<TFormat>.MaxBiasedExponent;

    private ulong Signed(ulong bits) => random.Next(2) == 0 ? bits : bits ^ FloatFormat<TFormat>.SignBit;

    private ulong Number(int exponent, ulong fraction) =>
        Signed((ulong)Math.Clamp(exponent, 0, MaxExponent - 1) << TFormat.FractionBits | fraction);

    private ulong Fraction() => (ulong)random.NextInt64() & FloatFormat<TFormat>.FractionMask;

    /// <summary>At most three units in the last place away, of either sign.</summary>
    private ulong Beside(ulong bits) => Signed(bits) + (ulong)random.Next(-3, 4) & FloatFormat<TFormat>.AllBits;

    /// <summary>A fraction of few digits, or of few zeros: exact results, ties and long carries.</summary>
    private ulong ShortFraction()
    {
        var high = (ulong)random.Next(32) << (TFormat.FractionBits - 5);
        return random.Next(4) switch
        {
            0 => high,
            1 => high | (uint)random.Next(4),
            2 => FloatFormat<TFormat>.FractionMask << random.Next(TFormat.FractionBits) & FloatFormat<TFormat>.FractionMask,
            _ => FloatFormat<TFormat>.FractionMask << random.Next(TFormat.FractionBits) & FloatFormat<TFormat>.FractionMask ^ (uint)random.Next(4),
        };
    }

    // Times this, or divided by the other, the result lies where tininess before and after rounding differ.
    private static ulong QuotientOfLeastNormal(ulong divisor)
    {
        uint flags = 0;
        return SoftFloat.Divide<TFormat>(LeastNormal, divisor, IrRounding.NearestEven, ref flags);
    }

    private static ulong QuotientByLeastNormal(ulong dividend)
    {
        uint flags = 0;
        return SoftFloat.Divide<TFormat>(dividend, LeastNormal, IrRounding.NearestEven, ref flags);
    }

    private static ulong LeastNormal => FloatFormat<TFormat>.FractionMask + 1;

    private static ulong[] MakeEdges()
    {
        var infinity = FloatFormat<TFormat>.Infinity;
        var quiet = FloatFormat<TFormat>.QuietBit;
        var one = (ulong)Bias << TFormat.FractionBits;
        List<ulong> edges =
        [
            0, 1, 2, quiet, FloatFormat<TFormat>.FractionMask, FloatFormat<TFormat>.FractionMask + 1, one, one | quiet, one | 1,
            FloatFormat<TFormat>.MaxFinite, infinity, infinity | 1, infinity | quiet, infinity | quiet | 1, infinity | (quiet - 1),
        ];
        // The powers of two where integers begin and end, with halves in reach.
        foreach (var power in ((int[])[-126, -14, -2, -1, 1, 2, 22, 23, 24, 30, 31, 32, 51, 52, 53, 62, 63, 64]).Where(static power => Bias + power > 0 && Bias + power < MaxExponent))
        {
            edges.Add((ulong)(Bias + power) << TFormat.FractionBits);
            edges.Add(((ulong)(Bias + power) << TFormat.FractionBits) - 1);
        }
        return [.. edges];
    }
}
