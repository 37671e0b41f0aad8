namespace Emu.Plugins;

/// <summary>What a <see cref="Symbol"/> names.</summary>
public enum SymbolKind
{
    /// <summary>Code.</summary>
    Function,

    /// <summary>Data.</summary>
    Object,
}
