namespace StandardPlugins;

/// <summary>What instructions are told apart by.</summary>
public enum MixKind
{
    /// <summary>What they are for.</summary>
    Class,
    /// <summary>The extension of the instruction set that brings them.</summary>
    Extension,
    /// <summary>Their name in the manual.</summary>
    Mnemonic,
}
