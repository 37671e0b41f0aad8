using ZLinq;

namespace StandardPlugins;

/// <summary>A function as it was called, for the flame graph.</summary>
/// <param name="Depth">How many callers there are; 0 for the program.</param>
/// <param name="Function">Its name.</param>
/// <param name="Total">Instructions of it and of all that it called.</param>
/// <param name="Own">Instructions of its own.</param>
internal readonly record struct FlameRow(int Depth, string Function, ulong Total, ulong Own)
{
    /// <summary>A smaller part of everything than this nobody sees, unless it is enlarged.</summary>
    private const ulong Parts = 5000;

    /// <summary>The rows of a tree: each caller before what it called, which is in the order of names. Small parts are left out.</summary>
    public static List<FlameRow> Of(CallNode root)
    {
        var rows = new List<FlameRow>();
        Add(root, 0, root.Total / Parts, rows);
        return rows;
    }

    private static ulong Add(CallNode node, int depth, ulong least, List<FlameRow> rows)
    {
        var (at, total) = (rows.Count, node.Instructions);
        rows.Add(default);
        foreach (var callee in node.Callees.AsValueEnumerable().OrderBy(static callee => callee.Function, StringComparer.Ordinal))
            total += Add(callee, depth + 1, least, rows);
        if (total > least || depth == 0)
            rows[at] = new(depth, node.Function, total, node.Instructions);
        else
            rows.RemoveRange(at, rows.Count - at);
        return total;
    }
}
