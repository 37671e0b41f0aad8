using System.Buffers.Binary;
using System.IO.Hashing;
using Emu.Linux.Host;
using Emu.Linux.Loading;

namespace Emu.Linux.Symbols;

/// <summary>
/// Finds the separate file that holds what was stripped from another, where Debian's packages and GDB have it ("Debugging Information in Separate Files" of GDB's manual): by the build id, or else by
/// the name and checksum of .gnu_debuglink.
/// </summary>
internal static class DebugFile
{
    private const string Root = "/usr/lib/debug";
    private const int ShortestBuildId = 3;
    private const int ChunkBytes = 1 << 16;

    /// <summary>The file, or null if there is none or it is another one's.</summary>
    /// <param name="path">The stripped file.</param>
    /// <param name="file">Its sections.</param>
    /// <param name="sysroot">The guest's root, where it is looked for before the host's, or null.</param>
    public static ProgramFile? TryOpen(string path, ElfSections file, string? sysroot) => TryOpenByBuildId(file.BuildId(), sysroot) ?? TryOpenByLink(path, file, sysroot);

    /// <summary>A file, if it can be read.</summary>
    public static ProgramFile? TryOpen(string path)
    {
        try
        {
            return ProgramFile.Open(RawText.Encode(path), path, mustBeExecutable: false);
        }
        catch (ProgramLoadException)
        {
            return null; // Most files have no debug file; one that is gone since it was mapped has no names.
        }
    }

    private static ProgramFile? TryOpenByBuildId(string buildId, string? sysroot)
    {
        if (buildId.Length < ShortestBuildId)
            return null;
        var path = $"{Root}/.build-id/{buildId[..2]}/{buildId[2..]}.debug";
        return (sysroot is null ? null : TryOpen(sysroot + path)) ?? TryOpen(path);
    }

    private static ProgramFile? TryOpenByLink(string path, ElfSections file, string? sysroot)
    {
        var link = file.Read(".gnu_debuglink");
        var length = link.AsSpan().IndexOf((byte)0);
        var sumAt = (length + 4) & ~3;
        if (length <= 0 || sumAt + 4 > link.Length || link.AsSpan(0, length).Contains((byte)'/'))
            return null;
        var name = RawText.Decode(link.AsSpan(0, length).ToArray());
        var sum = BinaryPrimitives.ReadUInt32LittleEndian(link.AsSpan(sumAt));
        foreach (var place in PlacesOf(Path.GetDirectoryName(path) ?? "", sysroot))
            if (TryOpen($"{place}/{name}") is { } opened)
            {
                if (SumOf(opened) == sum)
                    return opened;
                opened.Dispose();
            }
        return null;
    }

    private static IEnumerable<string> PlacesOf(string folder, string? sysroot)
    {
        yield return folder;
        yield return folder + "/.debug";
        if (sysroot is not null)
            yield return sysroot + Root + (folder.StartsWith(sysroot, StringComparison.Ordinal) ? folder[sysroot.Length..] : folder);
        yield return Root + folder;
    }

    private static uint SumOf(ProgramFile file)
    {
        var sum = new Crc32();
        var chunk = new byte[ChunkBytes];
        for (var offset = 0L; file.ReadAt(offset, chunk) is > 0 and var count; offset += count)
            sum.Append(chunk.AsSpan(0, count));
        return sum.GetCurrentHashAsUInt32();
    }
}
