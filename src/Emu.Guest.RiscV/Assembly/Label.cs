namespace Emu.Guest.RiscV;

/// <summary>A place in the code of one <see cref="Assembler"/>, which may be used before it is known.</summary>
public sealed class Label
{
    /// <summary>Bytes from the start of the code, or -1 as long as it is not placed.</summary>
    internal int Position { get; set; } = -1;
}
