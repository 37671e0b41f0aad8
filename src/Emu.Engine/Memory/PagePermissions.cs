namespace Emu.Engine.Memory;

/// <summary>What the guest may do with a page; the values stand in the page-permission table.</summary>
[Flags]
public enum PagePermissions : byte
{
    /// <summary>Nothing: unmapped or PROT_NONE.</summary>
    None = 0,
    /// <summary>Load.</summary>
    Read = 1,
    /// <summary>Store.</summary>
    Write = 2,
    /// <summary>Fetch instructions.</summary>
    Execute = 4,
    /// <summary>The page is mapped, whatever it allows: tells <see cref="Execution.GuestFaultKind.Protection"/> from <see cref="Execution.GuestFaultKind.Unmapped"/>.</summary>
    Mapped = 8,
    /// <summary>The page lies wholly beyond the end of its file.</summary>
    BeyondFile = 16,
    /// <summary>
    /// Stands in the table in place of <see cref="Write"/>: the guest may store, but the page holds translated code, which a store may change. No part of what
    /// <see cref="GuestMemory.PermissionsOf"/> answers.
    /// </summary>
    Watched = 32,
}
