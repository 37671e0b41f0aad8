using System.Globalization;
using System.Runtime.CompilerServices;

namespace Emu.Guest.RiscV.Tests;

/// <summary>The checked-in tables of instruction texts beside this file: a word in hexadecimal, then texts, between bars; a blank stands for the tab.</summary>
internal static class TextFile
{
    public static IEnumerable<(uint Word, string[] Texts)> Read(string name)
    {
        foreach (var line in File.ReadLines(PathOf(name)).Where(static line => line.Length > 0 && line[0] != '#'))
        {
            var cells = line.Split('|').Select(static cell => cell.Trim()).ToArray();
            yield return (uint.Parse(cells[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), [.. cells.Skip(1).Select(WithTab)]);
        }
    }

    public static string PathOf(string name, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, name);

    private static string WithTab(string text)
    {
        var blank = text.IndexOf(' ');
        return blank < 0 ? text : string.Concat(text.AsSpan(0, blank), "\t", text.AsSpan(blank + 1));
    }
}
