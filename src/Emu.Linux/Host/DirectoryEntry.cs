using System.Buffers.Binary;
using System.Buffers.Text;

namespace Emu.Linux.Host;

/// <summary><c>struct linux_dirent64</c> at the start of a buffer (getdents64(2)): d_ino, d_off, d_reclen, d_type, d_name.</summary>
internal static class DirectoryEntry
{
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    /// <summary>Bytes from this entry to the next.</summary>
    public static int Size(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt16LittleEndian(entry[LengthOffset..]);

    /// <summary>The entry's name as a number; false if it is none.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> entry, out int number) =>
        Utf8Parser.TryParse(entry[NameOffset..Size(entry)], out number, out var digits) && entry[NameOffset + digits] == 0;
}
