using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Emu.Generators.Shared;

/// <summary>A row of a text table: cells between '|' (a literal bar is written '\|'), with the place it stands at.</summary>
internal sealed record TableRow(EquatableArray<string> Cells, string Path, int Line, int Length)
{
    public string this[int index] => index < Cells.Length ? Cells[index] : "";

    public Location Location => Location.Create(
        Path, new TextSpan(0, 0), new LinePositionSpan(new LinePosition(Line, 0), new LinePosition(Line, Length)));

    /// <summary>The rows of a table; empty lines and lines that start with '#' are comments.</summary>
    public static IEnumerable<TableRow> Parse(string path, SourceText text)
    {
        foreach (var line in text.Lines)
        {
            var content = line.ToString();
            if (content.Trim().Length == 0 || content.TrimStart().StartsWith("#", StringComparison.Ordinal))
                continue;
            var cells = content.Replace("\\|", "\u0001").Split('|').Select(cell => cell.Trim().Replace('\u0001', '|'));
            yield return new TableRow(new([.. cells]), path, line.LineNumber, content.Length);
        }
    }
}
