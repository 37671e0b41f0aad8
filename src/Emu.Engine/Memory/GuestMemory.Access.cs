using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Emu.Engine.Memory;

public sealed unsafe partial class GuestMemory
{
    /// <summary>
    /// The bytes of a range in place, if every page allows all of <paramref name="need"/>; no bytes are at any address. The span is good until the range is
    /// unmapped.
    /// </summary>
    public bool TryGetSpan(ulong address, ulong length, PagePermissions need, out Span<byte> span)
    {
        span = default;
        if (length == 0)
            return true;
        if (length > int.MaxValue || (!Allows(address, length, need) && !TryReach(address, length, need)))
            return false;
        if ((need & PagePermissions.Write) != 0)
            NoteStore(address, length);
        span = new Span<byte>(Host(address), (int)length);
        return true;
    }

    /// <summary>Copies from the guest; false if a page may not be read.</summary>
    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (!TryGetSpan(address, (ulong)destination.Length, PagePermissions.Read, out var source))
            return false;
        source.CopyTo(destination);
        return true;
    }

    /// <summary>Copies to the guest; false, and nothing written, if a page may not be written.</summary>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        if (!TryGetSpan(address, (ulong)source.Length, PagePermissions.Write, out var destination))
            return false;
        source.CopyTo(destination);
        return true;
    }

    /// <summary>Reads a structure in the guest's byte order, which is the host's.</summary>
    public bool TryRead<T>(ulong address, out T value)
        where T : unmanaged
    {
        value = default;
        return TryRead(address, MemoryMarshal.AsBytes(new Span<T>(ref value)));
    }

    /// <summary>Writes a structure in the guest's byte order, which is the host's.</summary>
    public bool TryWrite<T>(ulong address, in T value)
        where T : unmanaged =>
        TryWrite(address, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>
    /// A string in place, without its terminating zero. False if a page may not be read before the zero is found; a string without a zero in
    /// its first <paramref name="limit"/> bytes is returned with exactly that length.
    /// </summary>
    public bool TryReadString(ulong address, int limit, out ReadOnlySpan<byte> text)
    {
        text = default;
        for (var length = 0UL; length < (ulong)limit;)
        {
            var part = Math.Min(PageSize - (address + length) % PageSize, (ulong)limit - length);
            if (!TryGetSpan(address + length, part, PagePermissions.Read, out var span))
                return false;
            var end = span.IndexOf((byte)0);
            length += end >= 0 ? (ulong)end : part;
            text = new ReadOnlySpan<byte>(Host(address), (int)length);
            if (end >= 0)
                return true;
        }

        return true;
    }

    /// <summary>Host address of a guest address, for calls that hand guest memory to the host's kernel; the caller has tested the bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* HostAddress(ulong address) => Base + address;

    private bool TryReach(ulong address, ulong length, PagePermissions need)
    {
        if (address >= Size || length > Size - address)
            return false;
        for (var page = address & ~(PageSize - 1UL); page < address + length; page += PageSize)
            if ((PermissionsOf(page) & need) != need && !TryReach(page, need))
                return false;
        return Allows(address, length, need);
    }

    /// <summary>
    /// Does what the host's kernel does on a first access: a page at the end of a file that has grown is looked at again, a mapping that grows down grows. True if the
    /// page now allows all of <paramref name="need"/>. Takes no right away, so it may be called from inside translated code.
    /// </summary>
    public bool TryReach(ulong address, PagePermissions need) =>
        (TryReachFile(address) || TryGrowDown(address)) && (PermissionsOf(address) & need) == need;
}
