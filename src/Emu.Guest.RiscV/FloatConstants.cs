using Emu.Ir;
using Emu.Ir.Float;

namespace Emu.Guest.RiscV;

/// <summary>The constants of the FLI instructions: Unpriv. ISA 26.1. A number that half precision does not have is rounded to one.</summary>
internal static class FloatConstants
{
    private const uint LeastNormal = 1;

    private static ReadOnlySpan<double> Values =>
    [
        -1, 0, 1 / 65536.0, 1 / 32768.0, 1 / 256.0, 1 / 128.0, 0.0625, 0.125, 0.25, 0.3125, 0.375, 0.4375, 0.5, 0.625, 0.75, 0.875,
        1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 8, 16, 128, 256, 32768, 65536, double.PositiveInfinity, double.NaN,
    ];

    public static ulong Half(uint index) => In<Binary16>(index);

    public static ulong Single(uint index) => In<Binary32>(index);

    public static ulong Double(uint index) => In<Binary64>(index);

    private static ulong In<TFormat>(uint index)
        where TFormat : struct, IFloatFormat
    {
        if (index == LeastNormal)
            return FloatFormat<TFormat>.FractionMask + 1;
        var flags = 0u;
        return SoftFloat.Convert<Binary64, TFormat>(BitConverter.DoubleToUInt64Bits(Values[(int)index]), IrRounding.NearestEven, ref flags);
    }
}
