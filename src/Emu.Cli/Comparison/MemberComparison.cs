using ZLinq;

namespace Emu.Cli.Comparison;

/// <summary>A member of two reports: what is not the same in both.</summary>
internal sealed class MemberComparison
{
    private readonly List<NumberChange> _numbers = [];
    private readonly List<TextChange> _texts = [];
    private readonly List<ReportRow> _onlyInA = [], _onlyInB = [];

    public MemberComparison(IReadOnlyDictionary<string, ReportRow> a, IReadOnlyDictionary<string, ReportRow> b)
    {
        foreach (var (name, row) in a)
            if (b.TryGetValue(name, out var other))
                Compare(row, other);
            else
                _onlyInA.Add(row);
        foreach (var (name, row) in b)
            if (!a.ContainsKey(name))
                _onlyInB.Add(row);
    }

    /// <summary>Values that are the same in both.</summary>
    public int Same { get; private set; }

    /// <summary>Numbers that differ, those that differ most first.</summary>
    public IReadOnlyList<NumberChange> Numbers => _numbers.AsValueEnumerable().OrderByDescending(static change => Math.Abs(change.Difference)).ToArray();

    /// <summary>Texts that differ, and values that one row has and the other has not.</summary>
    public IReadOnlyList<TextChange> Texts => _texts;

    public IReadOnlyList<ReportRow> OnlyInA => _onlyInA;

    public IReadOnlyList<ReportRow> OnlyInB => _onlyInB;

    private void Compare(ReportRow a, ReportRow b)
    {
        foreach (var field in a.Fields)
            Compare(a.Name, field, b.Fields.AsValueEnumerable().FirstOrDefault(other => other.Name == field.Name));
        foreach (var field in b.Fields)
            if (a.Fields.AsValueEnumerable().All(other => other.Name != field.Name))
                _texts.Add(new TextChange(a.Name, field.Name, "", field.Text));
    }

    private void Compare(string row, RowField a, RowField? b)
    {
        if (b?.Text == a.Text)
            Same++;
        else if (a.Number is { } before && b?.Number is { } after)
            _numbers.Add(new NumberChange(row, a.Name, before, after));
        else
            _texts.Add(new TextChange(row, a.Name, a.Text, b?.Text ?? ""));
    }
}

/// <summary>A number that differs.</summary>
internal sealed record NumberChange(string Row, string Field, decimal A, decimal B)
{
    public decimal Difference => B - A;

    /// <summary>How many times as much B is; infinite if A is nothing.</summary>
    public double Ratio => A == 0 ? double.PositiveInfinity : (double)(B / A);
}

/// <summary>A text that differs; empty where it is missing.</summary>
internal sealed record TextChange(string Row, string Field, string A, string B);
