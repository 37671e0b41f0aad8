using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

/// <summary>IEEE 754 binary64: the C type <c>double</c>, RISC-V's <c>D</c> extension.</summary>
public readonly struct Binary64 : IFloatFormat, IHostFormat<double>
{
    /// <inheritdoc/>
    public static int FractionBits => 52;

    /// <inheritdoc/>
    public static int ExponentBits => 11;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double IHostFormat<double>.ToHost(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong IHostFormat<double>.FromHost(double value) => BitConverter.DoubleToUInt64Bits(value);
}
