using System.Runtime.CompilerServices;

namespace Emu.Engine.Memory;

/// <summary>
/// The address space of a user-mode guest: one reserved host region in which host address = <see cref="Base"/> + guest address. At
/// <see cref="PermissionTable"/> from <see cref="Base"/> lies one permission byte per page, and host pages have the rights of guest pages: by
/// either a guest can reach neither the emulator nor pages it has not mapped. Reading is lock-free, changing the map takes one lock.
/// </summary>
public sealed unsafe partial class GuestMemory : IDisposable
{
    /// <summary>Guest addresses have this many bits: the user half of Sv39 (Priv. ISA 12.4).</summary>
    public const int AddressBits = 38;

    /// <summary>Bytes of guest address space.</summary>
    public const ulong Size = 1UL << AddressBits;

    /// <summary>
    /// Where the part of the address space ends that can be mapped: <see cref="Size"/>, or less where the host gives less address space (<c>ulimit -v</c>). Pages from here on never
    /// have rights.
    /// </summary>
    public ulong Limit { get; private set; } = Size;

    /// <summary>log2 of <see cref="PageSize"/>.</summary>
    public const int PageBits = 12;

    /// <summary>Bytes per page.</summary>
    public const int PageSize = 1 << PageBits;

    /// <summary>Bytes of the permission table.</summary>
    public const long PermissionTableSize = 1L << (AddressBits - PageBits);

    /// <summary>Where the permission table begins, from <see cref="Base"/>: so far below that the guard between them is <see cref="GuardSize"/> at least.</summary>
    public const long PermissionTable = -(1L << 30);

    /// <summary>
    /// Bytes directly below guest address 0 and directly above every address that <see cref="IsGuarded"/> speaks of, in which any access faults: an access
    /// that begins at a tested address may be displaced by less than this.
    /// </summary>
    public const long GuardSize = 1L << 29;

    /// <summary>Host address of guest address 0.</summary>
    public byte* Base { get; }

    /// <summary>
    /// True if <see cref="Base"/>, read as a number, is not less than <see cref="Size"/>, and everything from <see cref="Base"/> to twice <see cref="Base"/>, with a
    /// guard at either end, is reserved: then one comparison with <see cref="Base"/> keeps a guest address inside. False where the host had no such place.
    /// </summary>
    public bool IsGuarded { get; }

    /// <summary>True if translated code does not test the table: the host's page rights alone stop it.</summary>
    public bool IsCheckedByHost { get; private set; }

    /// <summary>What the guest may do with the page that holds <paramref name="address"/>; nothing outside of the address space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PagePermissions PermissionsOf(ulong address)
    {
        if (address >= Size)
            return PagePermissions.None;
        var held = Entry(address);
        return (held & PagePermissions.Watched) == 0 ? held : held ^ (PagePermissions.Watched | PagePermissions.Write);
    }

    /// <summary>True if every page of the range allows all of <paramref name="need"/>; an empty range does.</summary>
    public bool Allows(ulong address, ulong length, PagePermissions need)
    {
        if (length == 0)
            return true;
        if (address >= Size || length > Size - address)
            return false;
        for (var page = address >> PageBits; page <= (address + length - 1) >> PageBits; page++)
            if ((PermissionsOf(page << PageBits) & need) != need)
                return false;
        return true;
    }

    /// <summary>Fetches 16 bits of code; false if the page is not executable or the address is outside the address space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFetch(ulong address, out ushort parcel)
    {
        if (address >= Size || (PermissionsOf(address) & PagePermissions.Execute) == 0)
        {
            parcel = 0;
            return false;
        }

        parcel = *(ushort*)(Base + address);
        return true;
    }
}
