namespace Emu.Plugins;

/// <summary>What the guest may do with pages.</summary>
[Flags]
public enum MapRights
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>Load.</summary>
    Read = 1,
    /// <summary>Store.</summary>
    Write = 2,
    /// <summary>Execute.</summary>
    Execute = 4,
}
