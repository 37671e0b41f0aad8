using System.Globalization;

namespace Emu.Cli.Tests.Plugins;

/// <summary>A tracefile of lcov, read by the rules of geninfo(1).</summary>
internal sealed class CoverageFile
{
    /// <summary>Counts by file and line.</summary>
    public Dictionary<(string File, int Line), ulong> Lines { get; } = [];

    /// <summary>Lines of declarations and counts by name.</summary>
    public Dictionary<string, (string File, int Line, ulong Count)> Functions { get; } = [];

    public static CoverageFile Read(string path)
    {
        var read = new CoverageFile();
        var (file, lines) = ("", 0);
        foreach (var record in File.ReadLines(path))
        {
            var cells = record.Split(':', 2) is [var kind, var rest] ? [kind, .. rest.Split(',', 2)] : new[] { record };
            switch (cells)
            {
                case ["SF", var name]: (file, lines) = (name, 0); break;
                case ["FN", var line, var name]: read.Functions.Add(name, (file, Number(line), 0)); break;
                case ["FNDA", var count, var name]: read.Functions[name] = read.Functions[name] with { Count = ulong.Parse(count, CultureInfo.InvariantCulture) }; break;
                case ["DA", var line, var count]: read.Lines.Add((file, Number(line)), ulong.Parse(count, CultureInfo.InvariantCulture)); lines++; break;
                case ["LF", var count] when Number(count) != lines: throw new InvalidDataException($"{file} has {lines} lines, not {count}");
                case ["end_of_record"]: file = ""; break;
                case ["TN", _] or ["FNF" or "FNH" or "LF" or "LH", _]: break;
                default: throw new InvalidDataException($"not a record of a tracefile: {record}");
            }
        }

        return file.Length == 0 ? read : throw new InvalidDataException($"the record of {file} does not end");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
