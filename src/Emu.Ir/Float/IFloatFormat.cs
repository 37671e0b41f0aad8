namespace Emu.Ir.Float;

/// <summary>
/// The layout of a binary interchange format (IEEE 754-2019, 3.4): sign, biased exponent, fraction, from the top bit down.
/// Implemented by empty structs so that each format is compiled to its own code.
/// </summary>
public interface IFloatFormat
{
    /// <summary>Width of the stored fraction in bits, without the implicit leading bit.</summary>
    static abstract int FractionBits { get; }

    /// <summary>Width of the biased exponent in bits.</summary>
    static abstract int ExponentBits { get; }
}
