namespace Emu.Engine.Memory;

/// <summary>The file behind a mapping, by identity: two descriptors of one file are equal here.</summary>
/// <param name="Device">Device number as <c>st_dev</c> has it.</param>
/// <param name="Inode">Inode number.</param>
/// <param name="Name">Path at the time of the mapping, for listings; no part of the identity.</param>
/// <param name="IsSegment">It is a segment of System V shared memory, and <paramref name="Inode"/> its number.</param>
public sealed record MappedFile(ulong Device, ulong Inode, string Name, bool IsSegment = false)
{
    /// <summary>Same kind, device and inode.</summary>
    public bool Equals(MappedFile? other) => other is not null && IsSegment == other.IsSegment && Device == other.Device && Inode == other.Inode;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Device, Inode);
}

/// <summary>A run of pages that are mapped the same way.</summary>
/// <param name="Start">First guest address, a multiple of the page size.</param>
/// <param name="End">Guest address after the last page.</param>
/// <param name="Permissions">What mmap or mprotect granted.</param>
/// <param name="IsShared">MAP_SHARED: stores reach the file and other processes.</param>
/// <param name="File">The file, or null for anonymous memory.</param>
/// <param name="Offset">File offset of <paramref name="Start"/> in bytes.</param>
/// <param name="FileEnd">Guest address of the first page wholly beyond the end of the file, as last seen.</param>
/// <param name="Label">A name such as <c>[stack]</c> for memory without a file, or empty.</param>
/// <param name="GrowsDown">An access to the unmapped page below extends it: MAP_GROWSDOWN.</param>
public readonly record struct Mapping(
    ulong Start, ulong End, PagePermissions Permissions, bool IsShared, MappedFile? File, long Offset, ulong FileEnd, string Label, bool GrowsDown)
{
    /// <summary>Bytes.</summary>
    public ulong Length => End - Start;

    /// <summary>The part from <paramref name="start"/> to <paramref name="end"/>, both inside this mapping.</summary>
    public Mapping Slice(ulong start, ulong end) =>
        this with { Start = start, End = end, Offset = File is null ? 0 : Offset + (long)(start - Start) };

    /// <summary>True if <paramref name="next"/>, which begins where this ends, could have been mapped together with this.</summary>
    public bool Continues(in Mapping next) =>
        End == next.Start && Permissions == next.Permissions && IsShared == next.IsShared && FileEnd == next.FileEnd && Label == next.Label && GrowsDown == next.GrowsDown
        && (File is null ? next.File is null && !IsShared : File.Equals(next.File) && Offset + (long)Length == next.Offset);
}
