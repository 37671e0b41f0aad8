using System.IO.Enumeration;

namespace Emu.Engine.Instrumentation.Scoping;

/// <summary>Names as options write them, with <c>*</c> for any text and <c>?</c> for any letter, and which of them have matched. Thread-safe.</summary>
internal sealed class Patterns(string[] texts)
{
    private readonly bool[] _hasMatched = new bool[texts.Length];

    /// <summary>True if none was given: there is nothing to match.</summary>
    public bool IsEmpty => texts.Length == 0;

    /// <summary>Those that have matched nothing so far.</summary>
    public IEnumerable<string> Unmatched
    {
        get
        {
            for (var i = 0; i < texts.Length; i++)
                if (!Volatile.Read(ref _hasMatched[i]))
                    yield return texts[i];
        }
    }

    /// <summary>True if one of them matches; all that do are noted.</summary>
    public bool Match(string name)
    {
        var matches = false;
        for (var i = 0; i < texts.Length; i++)
            if (IsMatch(texts[i], name))
                matches = _hasMatched[i] = true;
        return matches;
    }

    /// <summary>True if one of them matches a path: its last part, or all of it where there is a slash in the pattern.</summary>
    public bool MatchPath(string path)
    {
        var (matches, name) = (false, Path.GetFileName(path));
        for (var i = 0; i < texts.Length; i++)
            if (IsMatch(texts[i], texts[i].Contains('/') ? path : name))
                matches = _hasMatched[i] = true;
        return matches;
    }

    private static bool IsMatch(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
