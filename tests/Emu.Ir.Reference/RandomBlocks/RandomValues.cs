namespace Emu.Ir.Reference.RandomBlocks;

/// <summary>Random 64-bit values with many at the edges, where bugs are.</summary>
public static class RandomValues
{
    private static readonly ulong[] Edges =
    [
        0, 1, 2, 3, 7, 8, 31, 32, 33, 48, 56, 63, 64, 0xFF, 0xFFFF, 0x7F, 0x80, 0x7FFF, 0x8000, 0x7FFFFFFF, 0x80000000,
        0xFFFFFFFF, 0x100000000, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, ulong.MaxValue, ulong.MaxValue - 1,
        0xFFFFFFFF80000000, 0xFFFFFFFF7FFFFFFF, 0xFFFFFFFFFFFFFF80, 0xFFFFFFFFFFFF8000,
    ];

    // Zeros, ones, smallest and largest normal and subnormal numbers, infinities, quiet and signalling NaNs.
    private static readonly ulong[] Doubles =
    [
        0, 0x8000000000000000, 0x3FF0000000000000, 0xBFF0000000000000, 1, 0x000FFFFFFFFFFFFF, 0x0010000000000000, 0x7FEFFFFFFFFFFFFF,
        0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0x7FF0000000000001, 0x41DFFFFFFFC00000, 0x43E0000000000000,
    ];

    private static readonly uint[] Singles =
    [
        0, 0x80000000, 0x3F800000, 0xBF800000, 1, 0x007FFFFF, 0x00800000, 0x7F7FFFFF,
        0x7F800000, 0xFF800000, 0x7FC00000, 0x7F800001, 0x4EFFFFFF, 0x5F000000,
    ];

    /// <summary>An integer.</summary>
    public static ulong NextInteger(this Random random) => random.Next(4) switch
    {
        0 => random.Pick(Edges),
        1 => (ulong)random.Next(-2048, 2048),
        2 => (ulong)random.NextInt64() >> random.Next(63),
        _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
    };

    /// <summary>The content of a floating-point register: a double, or a boxed single, or neither.</summary>
    public static ulong NextFloat(this Random random) => random.Next(5) switch
    {
        0 => random.Pick(Doubles),
        1 => BitConverter.DoubleToUInt64Bits((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-70, 70))),
        2 => 0xFFFFFFFF00000000 | random.Pick(Singles),
        3 => 0xFFFFFFFF00000000 | BitConverter.SingleToUInt32Bits((float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-40, 40)))),
        _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
    };

    /// <summary>One of the elements.</summary>
    public static T Pick<T>(this Random random, T[] elements) => elements[random.Next(elements.Length)];

    /// <summary>True once in <paramref name="count"/> times.</summary>
    public static bool OneIn(this Random random, int count) => random.Next(count) == 0;
}
