namespace Emu.Plugins;

/// <summary>Where an access of a full machine went.</summary>
/// <param name="Address">The physical address.</param>
/// <param name="IsIo">True if a device answered, false for memory.</param>
public readonly record struct PhysicalAddress(ulong Address, bool IsIo)
{
    /// <summary>The name of the device that answered; null for memory.</summary>
    public string? DeviceName { get; init; }
}
