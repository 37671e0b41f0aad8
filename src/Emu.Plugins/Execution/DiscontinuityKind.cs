namespace Emu.Plugins;

/// <summary>What a <see cref="Discontinuity"/> is.</summary>
public enum DiscontinuityKind
{
    /// <summary>Something from outside: a signal that was sent, an interrupt of a full machine.</summary>
    Interrupt,

    /// <summary>The instruction failed or is a trap: its signal is handled, or the full machine's exception.</summary>
    Exception,

    /// <summary>A handler returns to what it has interrupted.</summary>
    Return,
}
