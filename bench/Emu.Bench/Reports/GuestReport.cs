using System.Globalization;
using Emu.Bench.Guests;

namespace Emu.Bench.Reports;

/// <summary>
/// The tables of a run over guests: one per contender with times, then one of speeds. A contender that runs Emu is compared
/// with the QEMU one of the same place in the list, and both with their plain runs.
/// </summary>
internal sealed class GuestReport(IReadOnlyList<Contender> contenders, IReadOnlyList<GuestResult> results)
{
    /// <summary>What one contender's speed is divided by another's for.</summary>
    public readonly record struct Comparison(string Name, int Contender, int Base);

    public void Write(TextWriter writer, IReadOnlyList<Comparison> comparisons)
    {
        for (var i = 0; i < contenders.Count; i++)
        {
            writer.WriteLine($"{contenders[i].Name}: {string.Join(' ', contenders[i].Command)}");
            Times(i).Write(writer);
            writer.WriteLine();
        }

        if (comparisons.Count == 0)
            return;
        writer.WriteLine("speed (how many times as fast)");
        Speeds(comparisons).Write(writer);
    }

    private TextTable Times(int contender)
    {
        var table = new TextTable("guest", "set", "Minsn", "seconds", "min..max", "MIPS", "peak MB");
        foreach (var result in results)
        {
            var m = result.Measurements[contender];
            table.Add(result.Guest.Name, result.Guest.Set, Number(result.Instructions / 1e6, 0), Number(m.Median, 3),
                $"{Number(m.Fastest, 3)}..{Number(m.Slowest, 3)}", Number(result.Mips(contender), 0), Number(m.PeakMemory / 1024.0, 1));
        }

        return table;
    }

    private TextTable Speeds(IReadOnlyList<Comparison> comparisons)
    {
        var table = new TextTable(["guest", .. comparisons.Select(c => c.Name)]);
        foreach (var result in results)
            table.Add([result.Guest.Name, .. comparisons.Select(c => Number(result.Speed(c.Contender, c.Base), 2))]);
        foreach (var set in results.Select(r => r.Guest.Set).Distinct())
            table.Add([$"geometric mean, {set}", .. comparisons.Select(c => Number(Mean(set, c), 2))]);
        return table;
    }

    /// <summary>The geometric mean of a comparison over the guests of one set.</summary>
    public double Mean(string set, Comparison comparison) => Statistics.GeometricMean(
        results.Where(r => r.Guest.Set == set).Select(r => r.Speed(comparison.Contender, comparison.Base)));

    private static string Number(double value, int digits) => value.ToString("F" + digits, CultureInfo.InvariantCulture);
}
