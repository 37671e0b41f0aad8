using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

/// <summary>IEEE 754 binary32: the C type <c>float</c>, RISC-V's <c>F</c> extension. A pattern is the low half of a <c>ulong</c>; results have a zero high half.</summary>
public readonly struct Binary32 : IFloatFormat, IHostFormat<float>
{
    /// <inheritdoc/>
    public static int FractionBits => 23;

    /// <inheritdoc/>
    public static int ExponentBits => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float IHostFormat<float>.ToHost(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong IHostFormat<float>.FromHost(float value) => BitConverter.SingleToUInt32Bits(value);
}
