namespace Emu.Ir.Float;

/// <summary>What sort of datum a pattern stands for.</summary>
internal enum FloatKind
{
    /// <summary>Either zero.</summary>
    Zero,
    /// <summary>A normal or subnormal number.</summary>
    Number,
    /// <summary>Either infinity.</summary>
    Infinity,
    /// <summary>A NaN that goes through without an exception.</summary>
    QuietNaN,
    /// <summary>A NaN that raises the invalid flag.</summary>
    SignallingNaN,
}
