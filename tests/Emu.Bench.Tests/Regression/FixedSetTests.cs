using Emu.Bench.Guests;
using Emu.Bench.Regression;

namespace Emu.Bench.Tests.Regression;

/// <summary>The files of the checkout: rows, baseline and history fit together.</summary>
public sealed class FixedSetTests
{
    private static readonly string Root = GuestTable.Repository();

    private static readonly Baseline Checked = Baseline.Read(Path.Combine(Root, "bench", "baseline.json"));

    [Test]
    public async Task The_baseline_holds_the_counts_of_all_rows()
    {
        var rows = GateRow.Read(Root);
        await Assert.That(rows.Any(static row => row.IsSmall)).IsTrue();
        var counts = Checked.Find(Gate.CountMode, "cachegrind");
        await Assert.That(counts!.Rows.Select(static row => row.Name)).IsEquivalentTo(rows.Select(static row => row.Name));
    }

    [Test]
    public async Task All_times_of_a_kind_of_machine_are_there()
    {
        var all = GateRow.Read(Root).Select(static row => row.Name).Concat(MicroMeasurement.Names).ToList();
        foreach (var set in Checked.Sets.Where(static set => set.Mode == Gate.TimeMode))
            await Assert.That(set.Rows.Select(static row => row.Name)).IsEquivalentTo(all);
    }

    [Test]
    public async Task Every_baseline_is_in_the_history_and_has_a_reason()
    {
        var history = History.Read(Path.Combine(Root, "bench", "history.json"));
        await Assert.That(Checked.Sets).IsNotEmpty();
        foreach (var set in Checked.Sets)
            await Assert.That(history.Entries.Any(entry => entry.Mode == set.Mode && entry.Conditions == set.Conditions && entry.Reason == set.Reason)).IsTrue();
        await Assert.That(history.Entries.Where(static entry => string.IsNullOrWhiteSpace(entry.Reason))).IsEmpty();
    }

    [Test]
    public async Task Patterns_choose_rows()
    {
        string[] names = ["guest/a", "guest/b", "plugin/a,inline"];
        await Assert.That(RowFilter.Choose(names, [])).IsEquivalentTo(names);
        await Assert.That(RowFilter.Choose(names, ["guest/*"])).IsEquivalentTo(["guest/a", "guest/b"]);
        await Assert.That(RowFilter.Choose(names, ["*/a*", "guest/b"])).IsEquivalentTo(names);
        await Assert.That(() => RowFilter.Choose(names, ["guest/*", "guest/c"])).Throws<ArgumentException>().WithMessageContaining("no row is called 'guest/c'; there are guest/a, guest/b");
    }
}
