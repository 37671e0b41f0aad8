namespace Emu.Bench.Regression;

/// <summary>Rows that were measured in one way.</summary>
/// <param name="Mode"><c>count</c> or <c>time</c>.</param>
/// <param name="Conditions">What the numbers depend on: the tool that counted, or the kind of machine whose times they are. Only what was measured under the same is comparable.</param>
/// <param name="Date">When, year, month and day.</param>
/// <param name="Reason">Why these numbers are right.</param>
/// <param name="Rows">The rows.</param>
internal sealed record BaselineSet(string Mode, string Conditions, string Date, string Reason, List<Series> Rows)
{
    /// <summary>The same set with rows put in place of those of the same names, or added.</summary>
    public BaselineSet With(BaselineSet measured)
    {
        var kept = Rows.Where(row => measured.Rows.TrueForAll(other => other.Name != row.Name));
        return measured with { Rows = [.. measured.Rows.Concat(kept).OrderBy(static row => row.Name, StringComparer.Ordinal)] };
    }
}
