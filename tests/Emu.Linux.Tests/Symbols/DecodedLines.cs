using System.Globalization;

namespace Emu.Linux.Tests.Symbols;

/// <summary>The rows of a program's line tables as objdump prints them, with the names of files without their folders.</summary>
internal sealed class DecodedLines(string program)
{
    private readonly Lazy<List<(ulong Address, string File, int Line)>> _rows = new(() => Read(program));

    /// <summary>The rows at the highest address that is not above this one.</summary>
    public IEnumerable<(string File, int Line)> At(ulong address)
    {
        var nearest = _rows.Value.Where(row => row.Address <= address).Select(static row => row.Address).DefaultIfEmpty().Max();
        return _rows.Value.Where(row => row.Address == nearest).Select(static row => (row.File, row.Line));
    }

    private static List<(ulong, string, int)> Read(string program)
    {
        var rows = new List<(ulong, string, int)>();
        foreach (var line in Launch.Of(Oracle.Objdump.Path!, "--dwarf=decodedline", program).Run().OutputText.Split('\n'))
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var file, var number, ['0', 'x', .. var address], ..] && int.TryParse(number, CultureInfo.InvariantCulture, out var parsed))
                rows.Add((ulong.Parse(address, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), file, parsed));
        return rows;
    }
}
