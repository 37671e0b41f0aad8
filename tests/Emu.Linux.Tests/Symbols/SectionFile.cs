using System.Buffers.Binary;
using System.Text;

namespace Emu.Linux.Tests.Symbols;

/// <summary>A small ELF file of named sections, of nothing else.</summary>
internal static class SectionFile
{
    private const int HeaderSize = 64;
    private const int SectionSize = 64;
    private const int ProgBits = 1;
    private const int Strings = 3;

    public static byte[] Of(params IEnumerable<(string Name, byte[] Contents)> sections) => Of(flags: 0, sections);

    /// <param name="flags">SHF_COMPRESSED or 0.</param>
    /// <param name="sections">Names and contents.</param>
    public static byte[] Of(ulong flags, IEnumerable<(string Name, byte[] Contents)> sections)
    {
        List<(string Name, byte[] Contents)> all = [("", []), .. sections];
        var names = string.Concat(all.Select(static section => section.Name + "\0")) + ".shstrtab\0";
        all.Add((".shstrtab", Encoding.ASCII.GetBytes(names)));
        var contents = HeaderSize + all.Count * SectionSize;
        var file = new byte[contents + all.Sum(static section => section.Contents.Length)];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(40), HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(60), (ushort)all.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(62), (ushort)(all.Count - 1));
        for (var (index, name) = (0, 0); index < all.Count; name += all[index++].Name.Length + 1)
        {
            var header = file.AsSpan(HeaderSize + index * SectionSize);
            BinaryPrimitives.WriteInt32LittleEndian(header, name);
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], index == 0 ? 0 : index == all.Count - 1 ? Strings : ProgBits);
            BinaryPrimitives.WriteUInt64LittleEndian(header[8..], index == all.Count - 1 ? 0 : flags);
            BinaryPrimitives.WriteInt32LittleEndian(header[24..], contents);
            BinaryPrimitives.WriteInt32LittleEndian(header[32..], all[index].Contents.Length);
            all[index].Contents.CopyTo(file.AsSpan(contents));
            contents += all[index].Contents.Length;
        }

        return file;
    }
}
