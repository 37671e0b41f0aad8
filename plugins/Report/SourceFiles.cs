namespace StandardPlugins;

/// <summary>Reads lines of source files, as far as they are where the compiler found them.</summary>
/// <param name="isOn">False to read none.</param>
internal sealed class SourceFiles(bool isOn)
{
    private const long LargestFile = 8 << 20;

    private readonly Dictionary<string, string[]> _lines = [];

    /// <summary>The text of a line, from 1; empty if it cannot be read.</summary>
    public string LineOf(string file, int line)
    {
        if (!isOn)
            return "";
        if (!_lines.TryGetValue(file, out var lines))
            _lines.Add(file, lines = Read(file));
        return line <= lines.Length ? lines[line - 1].Trim() : "";
    }

    private static string[] Read(string file)
    {
        try
        {
            var info = new FileInfo(file);
            return info is { Exists: true, Length: < LargestFile } ? File.ReadAllLines(file) : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return []; // The page shows the place without its text.
        }
    }
}
