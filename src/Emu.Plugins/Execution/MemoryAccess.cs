using System.Runtime.CompilerServices;
using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>A memory access that succeeded. Lives only during the callback; the compiler refuses to keep it.</summary>
public readonly ref struct MemoryAccess
{
    private readonly MemoryRecord _record;

    internal static unsafe ref readonly MemoryAccess At(MemoryRecord* record) => ref Unsafe.AsRef<MemoryAccess>(record);

    /// <summary>Guest address of the first byte.</summary>
    public ulong Address => _record.Address;

    /// <summary>Bytes accessed: 1, 2, 4 or 8.</summary>
    public int Size => _record.Size;

    /// <summary>True if the loaded value is sign-extended into the register.</summary>
    public bool IsSignExtended => _record.IsSignExtended;

    /// <summary>True if the first byte is the highest.</summary>
    public bool IsBigEndian => _record.IsBigEndian;

    /// <summary>True for a store, false for a load.</summary>
    public bool IsStore => _record.IsStore;

    /// <summary>The value that was loaded or stored: <see cref="Size"/> bytes, zero-extended.</summary>
    public ulong Value => _record.Value & (ulong.MaxValue >> (64 - 8 * _record.Size));

    /// <summary>Where the access went physically.</summary>
    /// <returns>False if guest addresses have no physical side: for a single program.</returns>
    public bool TryGetPhysical(out PhysicalAddress physical)
    {
        physical = new(_record.Physical, _record.IsIo);
        return _record.HasPhysical;
    }
}
