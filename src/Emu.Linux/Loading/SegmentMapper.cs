using Emu.Engine.Memory;
using Emu.Linux.Host;

namespace Emu.Linux.Loading;

/// <summary>Maps the segments of an image into a guest's memory.</summary>
internal sealed class SegmentMapper(GuestMemory memory, ProgramFile file, ElfImage image)
{
    private const uint FlagExecute = 1;
    private const uint FlagWrite = 2;
    private const uint FlagRead = 4;

    /// <summary>Maps all segments <paramref name="bias"/> bytes above the addresses of the file.</summary>
    public void MapAt(ulong bias)
    {
        foreach (var segment in image.Segments)
        {
            MapFilePart(segment, bias);
            MapZeroPart(segment, bias);
        }
    }

    private void MapFilePart(in ElfProgramHeader segment, ulong bias)
    {
        if (segment.FileSize == 0)
            return;
        var inPage = segment.Address % GuestMemory.PageSize;
        var request = new MapRequest
        {
            Address = segment.Address + bias - inPage,
            Length = segment.FileSize + inPage,
            Permissions = RightsOf(segment),
            Placement = MapPlacement.Fixed,
            Descriptor = file.Descriptor,
            File = file.Identity,
            Offset = (long)(segment.Offset - inPage),
            FileSize = file.Size,
        };
        Check(memory.Map(request, out _), segment);
    }

    /// <summary>
    /// The rest of the last file page is cleared and pages of zeros follow (gABI: bytes beyond p_filesz hold 0). The page is cleared to its end, beyond the
    /// segment: dynamic loaders take their first memory from there.
    /// </summary>
    private void MapZeroPart(in ElfProgramHeader segment, ulong bias)
    {
        if (segment.MemorySize == segment.FileSize)
            return;
        var start = segment.Address + bias + segment.FileSize;
        var end = segment.Address + bias + segment.MemorySize;
        var firstPage = start & ~(GuestMemory.PageSize - 1UL);
        if (firstPage < start && memory.TryFindMapping(start, out _))
        {
            // The page also holds file contents: of this segment, or of the one before.
            firstPage += GuestMemory.PageSize;
            Clear(segment, start, firstPage);
        }

        if (firstPage < end)
            Check(memory.Map(Zeroed(firstPage, end - firstPage, RightsOf(segment)), out _), segment);
    }

    private void Clear(in ElfProgramHeader segment, ulong start, ulong end)
    {
        var page = start & ~(GuestMemory.PageSize - 1UL);
        Check(memory.Protect(page, GuestMemory.PageSize, PagePermissions.Read | PagePermissions.Write), segment);
        if (!memory.TryGetSpan(start, end - start, PagePermissions.Write, out var rest))
            throw file.NotRunnable($"segment at 0x{segment.Address:x} cannot be cleared");
        rest.Clear();
        Check(memory.Protect(page, GuestMemory.PageSize, RightsOf(segment)), segment);
    }

    private static MapRequest Zeroed(ulong address, ulong length, PagePermissions rights) =>
        new() { Address = address, Length = length, Permissions = rights, Placement = MapPlacement.Fixed };

    /// <summary>Writable pages are always readable (Priv. ISA, table of page encodings: W without R is reserved).</summary>
    private static PagePermissions RightsOf(in ElfProgramHeader segment) =>
        ((segment.Flags & FlagRead) != 0 ? PagePermissions.Read : 0)
        | ((segment.Flags & FlagWrite) != 0 ? PagePermissions.Read | PagePermissions.Write : 0)
        | ((segment.Flags & FlagExecute) != 0 ? PagePermissions.Execute : 0);

    private void Check(MapError error, in ElfProgramHeader segment)
    {
        if (error != MapError.None)
            throw file.NotRunnable($"segment at 0x{segment.Address:x} of 0x{segment.MemorySize:x} bytes: {HostErrors.Text((int)error)}");
    }
}
