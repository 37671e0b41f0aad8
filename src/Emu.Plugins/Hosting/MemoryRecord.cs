using System.Runtime.InteropServices;

namespace Emu.Plugins.Hosting;

/// <summary>
/// The access that a <see cref="MemoryAccess"/> shows. A backend keeps one in each vCPU's state block and fills it before it calls a memory callback, so that
/// its handler has no local whose address is taken. It also shows an <see cref="Edge"/>: the target as address, the stack pointer as value, one that is taken as a store.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct MemoryRecord
{
    private const uint SignedBit = 1 << 8;
    private const uint StoreBit = 1 << 9;
    private const uint BigEndianBit = 1 << 10;
    private const uint PhysicalBit = 1 << 11;
    private const uint IoBit = 1 << 12;

    /// <summary>Guest address of the first byte.</summary>
    public ulong Address;

    /// <summary>The value; only the low bytes that <see cref="Info"/> counts are looked at.</summary>
    public ulong Value;

    /// <summary>Size and properties, made by <see cref="InfoOf"/> when code is translated.</summary>
    public uint Info;

    /// <summary>The physical address, where <see cref="SetPhysical"/> was called.</summary>
    public ulong Physical;

    /// <summary>Notes where the access went physically; never called in user mode.</summary>
    public void SetPhysical(ulong address, bool isIo)
    {
        Physical = address;
        Info |= PhysicalBit | (isIo ? IoBit : 0);
    }

    /// <summary>Packs what is known of an access when it is translated. <paramref name="size"/> is in bytes: 1, 2, 4 or 8.</summary>
    public static uint InfoOf(int size, bool isSigned, bool isStore, bool isBigEndian = false) =>
        (uint)size | (isSigned ? SignedBit : 0) | (isStore ? StoreBit : 0) | (isBigEndian ? BigEndianBit : 0);

    internal readonly int Size => (byte)Info;

    internal readonly bool IsSignExtended => (Info & SignedBit) != 0;

    internal readonly bool IsStore => (Info & StoreBit) != 0;

    internal readonly bool IsBigEndian => (Info & BigEndianBit) != 0;

    internal readonly bool HasPhysical => (Info & PhysicalBit) != 0;

    internal readonly bool IsIo => (Info & IoBit) != 0;
}
