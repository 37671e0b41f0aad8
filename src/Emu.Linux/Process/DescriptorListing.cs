using System.Buffers.Binary;
using System.Buffers.Text;
using Emu.Linux.Calls;
using Emu.Linux.Host;

namespace Emu.Linux.Process;

/// <summary>Listings of <c>/proc/self/fd</c> and <c>/proc/self/fdinfo</c>, in which the emulator's own descriptors must not show.</summary>
internal static unsafe class DescriptorListing
{
    // struct linux_dirent64 (getdents64(2)): d_ino, d_off, d_reclen, d_type, d_name.
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    /// <summary>Takes the emulator's own descriptors out of what getdents64 put into a buffer; the bytes that are left.</summary>
    public static SysResult WithoutOwn(int directory, nint buffer, int length)
    {
        var entries = new Span<byte>((void*)buffer, length);
        // The directory is asked for only if a name looks like one of the descriptors.
        if (!NamesOwn(entries) || !ListsDescriptors(directory))
            return length;
        var kept = 0;
        for (var entry = entries; entry.Length > 0;)
        {
            var size = Size(entry);
            if (!IsOwn(entry))
            {
                entry[..size].CopyTo(entries[kept..]);
                kept += size;
            }

            entry = entry[size..];
        }

        return kept;
    }

    private static bool NamesOwn(ReadOnlySpan<byte> entries)
    {
        for (; entries.Length > 0; entries = entries[Size(entries)..])
            if (IsOwn(entries))
                return true;
        return false;
    }

    private static int Size(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt16LittleEndian(entry[LengthOffset..]);

    private static bool IsOwn(ReadOnlySpan<byte> entry) =>
        Utf8Parser.TryParse(entry[NameOffset..Size(entry)], out int number, out var digits) && entry[NameOffset + digits] == 0
        && HostDescriptors.IsReserved(number);

    private static bool ListsDescriptors(int directory)
    {
        var path = HostFiles.ReadLink(RawText.Encode($"/proc/self/fd/{directory}"));
        return path.AsSpan().StartsWith(RawText.Encode($"/proc/{System.Environment.ProcessId}/"))
            && (path.AsSpan().EndsWith("/fd"u8) || path.AsSpan().EndsWith("/fdinfo"u8));
    }
}
