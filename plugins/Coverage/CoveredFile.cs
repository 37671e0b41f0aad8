using System.Globalization;
using System.Text;

namespace StandardPlugins;

/// <summary>The counts of a source file, as a record of lcov's tracefiles (geninfo(1), FILES).</summary>
internal sealed class CoveredFile(string path)
{
    private readonly SortedDictionary<int, Dictionary<string, ulong>> _lines = [];
    private readonly SortedDictionary<(int Line, string Name), ulong> _functions = [];

    public (int Found, int Hit) Lines => (_lines.Count, CountHits(CountsOfLines));

    public (int Found, int Hit) Functions => (_functions.Count, CountHits(_functions.Values));

    /// <summary>A line was executed as often as the most executed of its pieces, of all copies together.</summary>
    public void AddLine(int line, string copy, ulong count)
    {
        if (!_lines.TryGetValue(line, out var copies))
            _lines.Add(line, copies = []);
        copies[copy] = Math.Max(copies.GetValueOrDefault(copy), count);
    }

    /// <summary>A function was called as often as all of its copies together.</summary>
    public void AddFunction(int line, string name, ulong count) => _functions[(line, name)] = _functions.GetValueOrDefault((line, name)) + count;

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"TN:\nSF:{path}\n");
        foreach (var (line, name) in _functions.Keys)
            text.Append(CultureInfo.InvariantCulture, $"FN:{line},{name}\n");
        foreach (var ((_, name), count) in _functions)
            text.Append(CultureInfo.InvariantCulture, $"FNDA:{count},{name}\n");
        text.Append(CultureInfo.InvariantCulture, $"FNF:{Functions.Found}\nFNH:{Functions.Hit}\n");
        foreach (var (line, copies) in _lines)
            text.Append(CultureInfo.InvariantCulture, $"DA:{line},{SumOf(copies)}\n");
        return text.Append(CultureInfo.InvariantCulture, $"LF:{Lines.Found}\nLH:{Lines.Hit}\nend_of_record\n").ToString();
    }

    private IEnumerable<ulong> CountsOfLines
    {
        get
        {
            foreach (var copies in _lines.Values)
                yield return SumOf(copies);
        }
    }

    private static ulong SumOf(Dictionary<string, ulong> copies)
    {
        var sum = 0UL;
        foreach (var count in copies.Values)
            sum += count;
        return sum;
    }

    private static int CountHits(IEnumerable<ulong> counts)
    {
        var hits = 0;
        foreach (var count in counts)
            hits += count > 0 ? 1 : 0;
        return hits;
    }
}
