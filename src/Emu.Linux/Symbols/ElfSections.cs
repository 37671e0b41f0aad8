using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Emu.Linux.Loading;

namespace Emu.Linux.Symbols;

/// <summary>The sections of a file that may be broken: what does not lie in the file is empty.</summary>
internal sealed class ElfSections
{
    private const uint Note = 7; // SHT_NOTE
    private const uint NoBits = 8; // SHT_NOBITS
    private const ulong Compressed = 0x800; // SHF_COMPRESSED
    private const uint ZlibCompression = 1; // ELFCOMPRESS_ZLIB
    private const int CompressionHeaderBytes = 24;

    // What deflate can make of a byte at most.
    private const int LargestExpansion = 1032;
    private const int BuildIdNote = 3; // NT_GNU_BUILD_ID

    private readonly ProgramFile _file;
    private readonly ElfSectionHeader[] _headers;
    private readonly byte[] _names = [];

    public ElfSections(ProgramFile file)
    {
        _file = file;
        (_headers, Segments) = ([], []);
        if (ReadArray<ElfHeader>(0, 1) is not [var header])
            return;
        _headers = ReadArray<ElfSectionHeader>(header.SectionHeaderOffset, header.SectionHeaderCount);
        if (header.SectionNameIndex < _headers.Length)
            _names = ReadArray<byte>(_headers[header.SectionNameIndex].Offset, _headers[header.SectionNameIndex].Size);
        var programHeaders = ReadArray<ElfProgramHeader>(header.ProgramHeaderOffset, header.ProgramHeaderCount);
        Segments = Array.FindAll(programHeaders, static segment => segment.Type == ElfProgramHeader.Load);
    }

    /// <summary>The segments that are loaded, as the file orders them.</summary>
    public ElfProgramHeader[] Segments { get; }

    /// <summary>The symbols of the first table of that type and the texts of their names; false if there is none.</summary>
    public bool TryReadSymbols(uint type, out ElfSymbol[] symbols, out byte[] names)
    {
        var table = Array.Find(_headers, section => section.Type == type);
        (symbols, names) = ([], []);
        if (table.Type == 0 || table.Link >= _headers.Length)
            return false;
        symbols = ReadArray<ElfSymbol>(table.Offset, table.Size / ElfSymbol.Bytes);
        names = ReadArray<byte>(_headers[table.Link].Offset, _headers[table.Link].Size);
        return symbols.Length > 0;
    }

    /// <summary>The contents of the first section of that name, unpacked; empty if there is none, and if it is packed in another way than zlib's.</summary>
    public byte[] Read(string name)
    {
        foreach (var section in _headers)
            if (section.Type != NoBits && IsNamed(section, name))
                return (section.Flags & Compressed) == 0 ? ReadArray<byte>(section.Offset, section.Size) : Unpack(ReadArray<byte>(section.Offset, section.Size));
        return [];
    }

    /// <summary>What the linker named the file by, in hexadecimal (gABI, chapter 5, note sections); empty if it did not.</summary>
    public string BuildId()
    {
        foreach (var section in _headers)
        {
            if (section.Type != Note || ReadArray<byte>(section.Offset, section.Size) is not { Length: >= 16 } bytes)
                continue;
            var words = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, 12));
            if (words[0] == 4 && words[2] == BuildIdNote && bytes.AsSpan(12, 4).SequenceEqual("GNU\0"u8) && words[1] > 0 && words[1] <= bytes.Length - 16)
                return Convert.ToHexStringLower(bytes.AsSpan(16, words[1]));
        }

        return "";
    }

    private bool IsNamed(in ElfSectionHeader section, string name)
    {
        if (section.Name >= _names.Length)
            return false;
        var text = _names.AsSpan((int)section.Name);
        return text.Length > name.Length && text[name.Length] == 0 && Ascii.Equals(text[..name.Length], name);
    }

    // Elf64_Chdr (gABI, chapter 4, compressed sections)
    private static byte[] Unpack(byte[] packed)
    {
        if (packed.Length < CompressionHeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(packed) != ZlibCompression)
            return [];
        var size = BinaryPrimitives.ReadUInt64LittleEndian(packed.AsSpan(8));
        if (size > (ulong)packed.Length * LargestExpansion || size > (ulong)Array.MaxLength)
            return [];
        var contents = new byte[size];
        try
        {
            using var unpacking = new ZLibStream(new MemoryStream(packed, CompressionHeaderBytes, packed.Length - CompressionHeaderBytes), CompressionMode.Decompress);
            return unpacking.ReadAtLeast(contents, contents.Length, throwOnEndOfStream: false) == contents.Length ? contents : [];
        }
        catch (InvalidDataException)
        {
            return []; // As all that is broken.
        }
    }

    private unsafe T[] ReadArray<T>(ulong offset, ulong count)
        where T : unmanaged
    {
        var size = (ulong)_file.Size;
        if (offset > size || count > (size - offset) / (ulong)sizeof(T) || count * (ulong)sizeof(T) > int.MaxValue)
            return [];
        var items = new T[count];
        return _file.ReadAt((long)offset, MemoryMarshal.AsBytes(items.AsSpan())) == items.Length * sizeof(T) ? items : [];
    }
}
