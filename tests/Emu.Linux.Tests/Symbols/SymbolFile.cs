using System.Buffers.Binary;
using System.Text;

namespace Emu.Linux.Tests.Symbols;

/// <summary>A small ELF file: one segment from address 0, a symbol table, its names, a build id.</summary>
internal static class SymbolFile
{
    public const string BuildId = "00112233445566778899";

    private const int SegmentsOffset = 0x40;
    private const int SectionsOffset = 0x100;
    private const int NoteOffset = 0x300;
    private const int SymbolsOffset = 0x400;
    private const int SymbolCount = 7;
    private const int NamesOffset = 0x800;
    private const int SectionSize = 64;
    private const int SymbolSize = 24;
    private const int SegmentSize = 56;
    private const byte Function = 0x12;
    private const byte LocalFunction = 0x02;
    private const byte Object = 0x11;

    /// <summary>A place that means something.</summary>
    public static int AnyPlace(Random random) => random.Next(5) switch
    {
        0 => random.Next(SegmentsOffset + SegmentSize),
        1 => SectionsOffset + random.Next(4 * SectionSize),
        2 => SymbolsOffset + random.Next(SymbolCount * SymbolSize),
        3 => NoteOffset + random.Next(32),
        _ => NamesOffset + random.Next(64),
    };

    public static byte[] Build()
    {
        var file = new byte[0x1000];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(32), SegmentsOffset);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(40), SectionsOffset);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(54), SegmentSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(56), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(58), SectionSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(60), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(SegmentsOffset), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(SegmentsOffset + 32), 0x1000);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(SegmentsOffset + 40), 0x5000);
        var names = "\0first\0sizeless\0last\0data\0external\0local\0";
        Encoding.UTF8.GetBytes(names).CopyTo(file, NamesOffset);
        Section(file, 1, type: 2, SymbolsOffset, SymbolCount * SymbolSize, link: 2);
        Section(file, 2, type: 3, NamesOffset, names.Length, link: 0);
        Section(file, 3, type: 7, NoteOffset, 16 + BuildId.Length / 2, link: 0);
        Symbol(file, 1, names.IndexOf("last"), Function, 1, 0x3000, 4);
        Symbol(file, 2, names.IndexOf("first"), Function, 1, 0x1000, 16);
        Symbol(file, 3, names.IndexOf("data"), Object, 1, 0x4000, 8);
        Symbol(file, 4, names.IndexOf("sizeless"), Function, 1, 0x2000, 0);
        Symbol(file, 5, names.IndexOf("external"), Function, 0, 0x4000, 8);
        Symbol(file, 6, names.IndexOf("local"), LocalFunction, 1, 0x1000, 16);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(NoteOffset), 4);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(NoteOffset + 4), BuildId.Length / 2);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(NoteOffset + 8), 3);
        "GNU\0"u8.CopyTo(file.AsSpan(NoteOffset + 12));
        Convert.FromHexString(BuildId).CopyTo(file, NoteOffset + 16);
        return file;
    }

    /// <summary>The same without its symbol table.</summary>
    public static byte[] BuildStripped()
    {
        var file = Build();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(SectionsOffset + SectionSize + 4), 1);
        return file;
    }

    private static void Section(byte[] file, int index, uint type, int offset, int size, uint link)
    {
        var target = file.AsSpan(SectionsOffset + index * SectionSize);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], type);
        BinaryPrimitives.WriteUInt64LittleEndian(target[24..], (ulong)offset);
        BinaryPrimitives.WriteUInt64LittleEndian(target[32..], (ulong)size);
        BinaryPrimitives.WriteUInt32LittleEndian(target[40..], link);
    }

    private static void Symbol(byte[] file, int index, int name, byte info, ushort section, ulong value, ulong size)
    {
        var target = file.AsSpan(SymbolsOffset + index * SymbolSize);
        BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)name);
        target[4] = info;
        BinaryPrimitives.WriteUInt16LittleEndian(target[6..], section);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], value);
        BinaryPrimitives.WriteUInt64LittleEndian(target[16..], size);
    }
}
