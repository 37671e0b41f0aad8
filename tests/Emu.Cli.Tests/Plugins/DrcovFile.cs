using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Emu.Cli.Tests.Plugins;

/// <summary>A row of the table of modules: what a coverage tool needs to find a block in the file.</summary>
internal sealed record DrcovModule(int Id, ulong Start, ulong End, ulong Entry, string Path);

/// <summary>A coverage file, read as the tools do that know nothing of who wrote it: by its header, its columns and its fixed records.</summary>
internal sealed class DrcovFile
{
    private const int RecordSize = 8;

    private DrcovFile(int version, List<DrcovModule> modules, List<(int Module, uint Offset, int Size)> blocks) => (Version, Modules, Blocks) = (version, modules, blocks);

    public int Version { get; }

    public List<DrcovModule> Modules { get; }

    public List<(int Module, uint Offset, int Size)> Blocks { get; }

    /// <summary>Where the blocks were in the guest.</summary>
    public IEnumerable<ulong> Addresses => Blocks.Select(block => Modules[block.Module].Start + block.Offset);

    public static DrcovFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var at = 0;
        var version = int.Parse(After(Line(bytes, ref at), "DRCOV VERSION: "), CultureInfo.InvariantCulture);
        After(Line(bytes, ref at), "DRCOV FLAVOR: drcov");
        var table = After(Line(bytes, ref at), "Module Table: version ").Split(", count ");
        if (table[0] != (version == 2 ? "2" : "5"))
            throw new InvalidDataException($"version {version} has a table of version {table[0]}");
        var columns = After(Line(bytes, ref at), "Columns: ").Split(", ");
        var modules = new List<DrcovModule>();
        for (var i = int.Parse(table[1], CultureInfo.InvariantCulture); i > 0; i--)
            modules.Add(Module(columns, Line(bytes, ref at).Split(", ", columns.Length)));
        var count = int.Parse(After(Line(bytes, ref at), "BB Table: ").Replace(" bbs", ""), CultureInfo.InvariantCulture);
        if (bytes.Length - at != count * RecordSize)
            throw new InvalidDataException($"{count} blocks were announced, {bytes.Length - at} bytes follow");
        var blocks = new List<(int, uint, int)>();
        for (; at < bytes.Length; at += RecordSize)
            blocks.Add((BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 6)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)), BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 4))));
        return new(version, modules, blocks);
    }

    private static DrcovModule Module(string[] columns, string[] cells)
    {
        string Cell(params string[] names) => cells[Array.FindIndex(columns, names.Contains)].Trim();
        return new(int.Parse(Cell("id"), CultureInfo.InvariantCulture), Number(Cell("base", "start")), Number(Cell("end")), Number(Cell("entry")), Cell("path"));
    }

    private static ulong Number(string text) => Convert.ToUInt64(text, 16);

    private static string After(string line, string begin) => line.StartsWith(begin, StringComparison.Ordinal) ? line[begin.Length..] : throw new InvalidDataException($"'{line}' does not begin with '{begin}'");

    private static string Line(byte[] bytes, ref int at)
    {
        var end = Array.IndexOf(bytes, (byte)'\n', at);
        var line = Encoding.UTF8.GetString(bytes.AsSpan(at..end));
        at = end + 1;
        return line;
    }
}
