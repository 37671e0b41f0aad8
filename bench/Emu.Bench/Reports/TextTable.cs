namespace Emu.Bench.Reports;

/// <summary>A table of aligned columns: the first to the left, the others to the right.</summary>
internal sealed class TextTable(params string[] titles)
{
    private readonly List<string[]> _rows = [titles];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Write(TextWriter writer)
    {
        var widths = new int[titles.Length];
        foreach (var row in _rows)
            for (var i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Length);
        foreach (var row in _rows)
        {
            for (var i = 0; i < row.Length; i++)
                writer.Write(i == 0 ? row[i].PadRight(widths[0]) : "  " + row[i].PadLeft(widths[i]));
            writer.WriteLine();
        }
    }
}
