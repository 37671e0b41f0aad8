namespace Emu.Engine.Execution;

/// <summary>Why a guest memory access failed.</summary>
public enum GuestFaultKind
{
    /// <summary>No page is mapped there.</summary>
    Unmapped,
    /// <summary>The page does not allow the access.</summary>
    Protection,
    /// <summary>The page lies wholly beyond the end of the file it maps.</summary>
    BeyondFile,
    /// <summary>An atomic access that is not aligned to its size.</summary>
    Misaligned,
}

/// <summary>A guest memory access that failed.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Address">The first guest address that could not be accessed.</param>
/// <param name="Access">What was tried: exactly one right.</param>
public readonly record struct GuestFault(GuestFaultKind Kind, ulong Address, Memory.PagePermissions Access);
