namespace Emu.Engine.Contracts;

/// <summary>What an instruction that does nothing else tells whoever watches the guest.</summary>
public enum RegionMark
{
    /// <summary>Nothing: it is any other instruction.</summary>
    None,

    /// <summary>The region of interest begins with it.</summary>
    Start,

    /// <summary>The region of interest ends before it.</summary>
    Stop,
}
