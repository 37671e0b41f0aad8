namespace Emu.Ir.Float;

/// <summary>IEEE 754 binary16: the C type <c>_Float16</c>, RISC-V's <c>Zfh</c> extension. A pattern is the low quarter of a <c>ulong</c>; results have zeros above.</summary>
public readonly struct Binary16 : IFloatFormat
{
    /// <inheritdoc/>
    public static int FractionBits => 10;

    /// <inheritdoc/>
    public static int ExponentBits => 5;
}
