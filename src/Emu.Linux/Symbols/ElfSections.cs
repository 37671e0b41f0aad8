using System.Runtime.InteropServices;
using Emu.Linux.Loading;

namespace Emu.Linux.Symbols;

/// <summary>The sections of a file that may be broken: what does not lie in the file is empty.</summary>
internal sealed class ElfSections
{
    private const uint Note = 7; // SHT_NOTE
    private const int BuildIdNote = 3; // NT_GNU_BUILD_ID

    private readonly ProgramFile _file;
    private readonly ElfSectionHeader[] _headers;

    public ElfSections(ProgramFile file)
    {
        _file = file;
        (_headers, Segments) = ([], []);
        if (ReadArray<ElfHeader>(0, 1) is not [var header])
            return;
        _headers = ReadArray<ElfSectionHeader>(header.SectionHeaderOffset, header.SectionHeaderCount);
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
