namespace StandardPlugins;

/// <summary>Names of source files, one for each file: compilers tell the way that they took.</summary>
internal static class SourcePath
{
    /// <summary>The path without <c>.</c>, and without <c>..</c> where something stands before it: <c>./src/a/../b.h</c> is <c>src/b.h</c>.</summary>
    public static string Shorten(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part == ".." && parts is [.., not ".."])
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }

        return (path.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }
}
