namespace Emu.Ir.Reference;

/// <summary>Where the fields that float ops use without naming them lie in the state block: byte offsets of 32-bit values.</summary>
/// <param name="FloatFlags">Accumulated floating-point exceptions.</param>
/// <param name="RoundingMode">Dynamic rounding mode.</param>
public readonly record struct StateLayout(int FloatFlags, int RoundingMode)
{
    /// <summary>A layout for tests that compare with nobody else.</summary>
    public static StateLayout Default => new(64, 72);
}
