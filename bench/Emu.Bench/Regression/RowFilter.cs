using System.IO.Enumeration;

namespace Emu.Bench.Regression;

/// <summary>Chooses rows by patterns in which * stands for anything.</summary>
internal static class RowFilter
{
    /// <summary>The names that match one of the patterns; all without patterns.</summary>
    /// <exception cref="ArgumentException">Nothing matches a pattern.</exception>
    public static HashSet<string> Choose(IReadOnlyList<string> names, string[] patterns)
    {
        foreach (var pattern in patterns)
            if (!names.Any(name => Matches(name, pattern)))
                throw new ArgumentException($"no row is called '{pattern}'; there are {string.Join(", ", names)}");
        return [.. names.Where(name => patterns.Length == 0 || patterns.Any(pattern => Matches(name, pattern)))];
    }

    private static bool Matches(string name, string pattern) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
