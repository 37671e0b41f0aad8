using System.Text;
using Emu.Cli.CommandLine;
using Emu.Cli.Output;
using Emu.Engine.Instrumentation;
using Emu.Plugins;
using ZLinq;

namespace Emu.Cli.Comparison;

/// <summary><c>--compare</c>: what changed between two runs, by their reports.</summary>
internal static class ReportComparison
{
    /// <summary>Rows of a kind and member as text; the other forms have all.</summary>
    private const int MostAsText = 20;

    /// <summary>Compares two files and prints it.</summary>
    /// <param name="a">The first report.</param>
    /// <param name="others">Words behind it: the second report.</param>
    /// <param name="form">One of <see cref="ReportForms.Names"/>.</param>
    /// <exception cref="EmuFailure">There are not two, or one is no report.</exception>
    public static void Print(string a, string[] others, string form)
    {
        if (others is not [var b])
            throw new EmuFailure(ExitCodes.Failed, $"--compare wants two reports, not {others.Length + 1}; write: emu --compare A.json B.json");
        var wanted = ReportForms.Parse(form);
        var (left, right) = (ReportFile.Read(a), ReportFile.Read(b));
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
        {
            ReportWriter writer = wanted switch
            {
                ReportForm.Json => new JsonReportWriter(bytes),
                ReportForm.Csv => new CsvReportWriter(text),
                _ => new TextReportWriter(text),
            };
            Write(writer, left, right, wanted == ReportForm.Text ? MostAsText : int.MaxValue);
        }

        DescriptorWriter.StandardOutput.Write(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private static void Write(ReportWriter writer, ReportFile a, ReportFile b, int most)
    {
        writer.Heading($"A: {a.Title}");
        writer.Heading($"B: {b.Title}");
        foreach (var member in a.Members.AsValueEnumerable().Union(b.Members.AsValueEnumerable()).ToArray())
        {
            ReportMembers.Begin(writer, member);
            if (a.Has(member) && b.Has(member))
                Write(writer, member, new MemberComparison(a.Rows(member), b.Rows(member)), most);
            else
                WriteAbsence(writer, member, a.Has(member) ? "A" : "B");
            ReportMembers.End(writer);
        }

        ReportMembers.Complete(writer);
    }

    private static void WriteAbsence(ReportWriter writer, string member, string report)
    {
        writer.Heading("");
        writer.Line("only", $"{member}: only in {report}");
    }

    private static void Write(ReportWriter writer, string member, MemberComparison comparison, int most)
    {
        var changed = comparison.Numbers.Count + comparison.Texts.Count;
        var (onlyInA, onlyInB) = (comparison.OnlyInA.Count, comparison.OnlyInB.Count);
        writer.Heading("");
        writer.Line("summary", $"{member}: {changed} values changed, {comparison.Same} are the same; rows only in A: {onlyInA}, only in B: {onlyInB}");
        WriteNumbers(writer, comparison.Numbers, most);
        foreach (var (row, field, a, b) in comparison.Texts.AsValueEnumerable().Take(most))
            writer.Row("texts", $"  {row} {field}: '{a}' in A, '{b}' in B");
        TellOfMore(writer, comparison.Texts.Count, most);
        foreach (var only in comparison.OnlyInA.AsValueEnumerable().Take(most))
            writer.Row("onlyInA", $"  only in A: {only.Name} {only.Text}");
        TellOfMore(writer, onlyInA, most);
        foreach (var only in comparison.OnlyInB.AsValueEnumerable().Take(most))
            writer.Row("onlyInB", $"  only in B: {only.Name} {only.Text}");
        TellOfMore(writer, onlyInB, most);
    }

    private static void WriteNumbers(ReportWriter writer, IReadOnlyList<NumberChange> changes, int most)
    {
        if (changes.Count > 0)
            writer.Heading($"  {"row",-30} {"value",-12} {"A",16} {"B",16} {"difference",16} {"ratio",9}");
        foreach (var change in changes.AsValueEnumerable().Take(most))
            writer.Row("numbers", $"  {change.Row,-30} {change.Field,-12} {change.A,16} {change.B,16} {change.Difference,16} {change.Ratio,9:F3}");
        TellOfMore(writer, changes.Count, most);
    }

    private static void TellOfMore(ReportWriter writer, int count, int most)
    {
        if (count > most)
            writer.Heading($"  and {count - most} more, which --report json and csv have");
    }
}
