namespace Emu.Plugins;

/// <summary>A device that a plugin puts into a full machine (<see cref="Host.TryAddDevice"/>). Called on the thread of the vCPU that accesses it, on several at once.</summary>
public interface IDevice
{
    /// <summary>The guest loads from the device.</summary>
    /// <param name="offset">Bytes from the device's first address.</param>
    /// <param name="size">1, 2, 4 or 8 bytes.</param>
    /// <returns>The value; bits above the size are ignored.</returns>
    ulong Read(ulong offset, int size);

    /// <summary>The guest stores to the device.</summary>
    /// <param name="offset">Bytes from the device's first address.</param>
    /// <param name="size">1, 2, 4 or 8 bytes.</param>
    /// <param name="value">What is stored, zero-extended.</param>
    void Write(ulong offset, int size, ulong value);
}
