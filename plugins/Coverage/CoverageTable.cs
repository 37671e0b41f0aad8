using System.Globalization;
using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>The counts of all source files.</summary>
internal sealed class CoverageTable
{
    private readonly SortedDictionary<string, CoveredFile> _files = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CoveredFile> Files => _files.Values;

    public (int Files, int Lines, int HitLines, int Functions, int HitFunctions) Totals
    {
        get
        {
            var (lines, hitLines, functions, hitFunctions) = (0, 0, 0, 0);
            foreach (var file in _files.Values)
                (lines, hitLines, functions, hitFunctions) = (lines + file.Lines.Found, hitLines + file.Lines.Hit, functions + file.Functions.Found, hitFunctions + file.Functions.Hit);
            return (_files.Count, lines, hitLines, functions, hitFunctions);
        }
    }

    /// <summary>Adds what a module's instructions are of; false if no debug information says.</summary>
    public bool TryAdd(Host host, Module module, AddressCounts counts)
    {
        var hasLines = false;
        foreach (var range in host.SourceRangesOf(module))
        {
            hasLines = true;
            var count = counts.MostIn(range.Start, range.End);
            FileOf(range.File).AddLine(range.Line, count == 0 ? "" : CopyAt(host, range.Start), count);
        }

        foreach (var function in host.SourceFunctionsOf(module))
            if (function is { Name.Length: > 0, Line: > 0 })
                FileOf(function.File).AddFunction(function.Line, function.Name, counts.At(function.Address));
        return hasLines;
    }

    /// <summary>What tells the copies of a line apart that were inlined at several places: the calls around it.</summary>
    private static string CopyAt(Host host, ulong address)
    {
        var text = new StringBuilder();
        var frames = host.SourceAt(address);
        for (var index = 0; index < frames.Count; index++)
            text.Append(CultureInfo.InvariantCulture, $"{frames[index].Function} {(index == 0 ? "" : frames[index].File)}:{(index == 0 ? 0 : frames[index].Line)}\n");
        return text.ToString();
    }

    private CoveredFile FileOf(string path)
    {
        var name = SourcePath.Shorten(path);
        if (!_files.TryGetValue(name, out var file))
            _files.Add(name, file = new CoveredFile(name));
        return file;
    }
}
