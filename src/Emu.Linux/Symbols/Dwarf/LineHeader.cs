namespace Emu.Linux.Symbols.Dwarf;

/// <summary>What a line number program begins with (DWARF 5, 6.2.4).</summary>
internal sealed class LineHeader
{
    private const int ContentPath = 1;      // DW_LNCT_path
    private const int ContentDirectory = 2; // DW_LNCT_directory_index

    private readonly List<string> _directories = [];
    private readonly List<string> _files = [];
    private readonly string _directory;

    private LineHeader(string directory) => _directory = directory;

    public DwarfEncoding Encoding { get; private set; }

    public byte MinInstructionLength { get; private set; }

    public byte MaxOperations { get; private set; }

    public sbyte LineBase { get; private set; }

    public byte LineRange { get; private set; }

    public byte OpcodeBase { get; private set; }

    /// <summary>How many operands each standard opcode has, from opcode 1 on.</summary>
    public byte[] OperandCounts { get; private set; } = [];

    /// <summary>The names of files by their numbers, which begin with 1 before DWARF 5.</summary>
    public string[] Files => [.. _files];

    /// <summary>Reads it, and leaves the reader at the first opcode of a program that ends where the reader ends.</summary>
    public static bool TryRead(ref DwarfReader reader, DwarfSections sections, string directory, out LineHeader header)
    {
        header = new LineHeader(directory);
        var length = reader.Length(out var is64);
        reader = reader.Until((ulong)reader.Position + Math.Min(length, int.MaxValue));
        var version = reader.U16();
        if (version is < 2 or > 5)
            return false;
        var addressSize = 8;
        if (version >= 5)
            (addressSize, _) = (reader.U8(), reader.U8());
        header.Encoding = new(version, is64, addressSize);
        var headerLength = reader.Offset(is64);
        var program = (ulong)reader.Position + Math.Min(headerLength, int.MaxValue);
        header.ReadShape(ref reader);
        if (version >= 5)
            header.ReadNames(ref reader, sections);
        else
            header.ReadOldNames(ref reader);
        if (reader.IsBroken || header.LineRange == 0 || header.MaxOperations == 0 || addressSize is < 1 or > 8)
            return false;
        reader.Skip(program - Math.Min(program, (ulong)reader.Position));
        return !reader.IsBroken;
    }

    private void ReadShape(ref DwarfReader reader)
    {
        MinInstructionLength = reader.U8();
        MaxOperations = Encoding.Version >= 4 ? reader.U8() : (byte)1;
        reader.U8(); // whether rows are statements at first, which nobody asks for
        LineBase = (sbyte)reader.U8();
        LineRange = reader.U8();
        OpcodeBase = reader.U8();
        OperandCounts = new byte[Math.Max(OpcodeBase - 1, 0)];
        for (var index = 0; index < OperandCounts.Length; index++)
            OperandCounts[index] = reader.U8();
    }

    // DWARF 4, 6.2.4: directory 0 is the unit's own, file 0 is none.
    private void ReadOldNames(ref DwarfReader reader)
    {
        _directories.Add(_directory);
        while (reader.Text() is { Length: > 0 } name)
            _directories.Add(name);
        _files.Add("");
        while (reader.Text() is { Length: > 0 } name)
        {
            _files.Add(PathOf(name, reader.Uleb()));
            reader.Uleb(); // time
            reader.Uleb(); // size
        }
    }

    private void ReadNames(ref DwarfReader reader, DwarfSections sections)
    {
        foreach (var (name, _) in ReadEntries(ref reader, sections))
            _directories.Add(name);
        foreach (var (name, directory) in ReadEntries(ref reader, sections))
            _files.Add(PathOf(name, directory));
    }

    private List<(string Name, ulong Directory)> ReadEntries(ref DwarfReader reader, DwarfSections sections)
    {
        var shape = new (ulong Content, DwarfForm Form)[reader.U8()];
        for (var index = 0; index < shape.Length; index++)
            shape[index] = (reader.Uleb(), (DwarfForm)reader.Uleb());
        var entries = new List<(string, ulong)>();
        for (var left = reader.Uleb(); left > 0; left--)
        {
            var place = reader.Position;
            entries.Add(ReadEntry(ref reader, shape, sections));
            if (reader.Position == place)
                break; // There is nothing, or nothing left, of which so many are announced.
        }

        return entries;
    }

    private (string Name, ulong Directory) ReadEntry(ref DwarfReader reader, (ulong Content, DwarfForm Form)[] shape, DwarfSections sections)
    {
        var (name, directory) = ("", 0UL);
        foreach (var (content, form) in shape)
        {
            var value = DwarfValue.Read(ref reader, form, 0, Encoding);
            if (content == ContentPath)
                name = value.Form switch
                {
                    DwarfForm.String => DwarfSections.TextAt(sections.Lines, value.Bits),
                    DwarfForm.LineStrp => DwarfSections.TextAt(sections.LineStrings, value.Bits),
                    DwarfForm.Strp => DwarfSections.TextAt(sections.Strings, value.Bits),
                    _ => "",
                };
            else if (content == ContentDirectory)
                directory = value.Bits;
        }

        return (name, directory);
    }

    /// <summary>The name behind its directory, and that behind the unit's, as far as they are relative.</summary>
    private string PathOf(string name, ulong directory)
    {
        if (name.StartsWith('/'))
            return name;
        var folder = directory < (ulong)_directories.Count ? _directories[(int)directory] : "";
        if (!folder.StartsWith('/') && folder != _directory)
            folder = Join(_directory, folder);
        return Join(folder, name);
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : name.Length == 0 ? folder : $"{folder}/{name}";
}
