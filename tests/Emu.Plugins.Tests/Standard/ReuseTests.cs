using System.Globalization;
using System.Text;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Standard;

public class ReuseTests
{
    // More than once the room that the plugin begins with, and as many as the machine has room for.
    private const int Uses = 12_000;

    [Test]
    [Arguments(1, 10)]
    [Arguments(2, 300)]
    [Arguments(3, 2048)]
    public async Task Distances_are_those_of_a_list_that_is_searched(int seed, int lines)
    {
        var random = new Random(seed);
        // Some lines are used much more often than others.
        var uses = Enumerable.Range(0, Uses).Select(_ => (int)(random.Next(lines) * random.NextDouble())).ToArray();
        using var machine = new TestMachine(code =>
        {
            foreach (var use in uses)
                code.Lb(XRegister.T1, XRegister.S0, use);
        });
        machine.InstallNamed("reuse,linesize=1");
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo(Expected(uses)).Because($"seed {seed}");
    }

    private static string Expected(int[] uses)
    {
        var (recent, byDistance, cold) = (new List<int>(), new SortedDictionary<int, int>(), 0);
        foreach (var use in uses)
        {
            var distance = recent.LastIndexOf(use) is >= 0 and var place ? recent.Count - 1 - place : -1;
            recent.Remove(use);
            recent.Add(use);
            if (distance < 0)
                cold++;
            else
                byDistance[distance] = byDistance.GetValueOrDefault(distance) + 1;
        }

        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{uses.Length} accesses of {recent.Count} lines of 1 bytes, {cold} for the first time\nlines of a cache, reused within, hit rate\n");
        var (smaller, hits) = (0, 0);
        for (var size = 1; hits + cold < uses.Length; (smaller, size) = (size, size * 2))
        {
            var reused = byDistance.Where(pair => pair.Key >= smaller && pair.Key < size).Sum(static pair => pair.Value);
            hits += reused;
            text.Append(CultureInfo.InvariantCulture, $"{size,12} {reused,14} {100.0 * hits / uses.Length,8:f4} %\n");
        }

        return text.ToString();
    }

    [Test]
    public async Task The_report_is_that_of_caches_of_every_size()
    {
        using var machine = new TestMachine(static code =>
        {
            // Lines 0 1 2 0 0 of 64 bytes.
            foreach (var offset in (int[])[0, 64, 128, 8, 16])
                code.Ld(XRegister.T1, XRegister.S0, offset);
        });
        machine.InstallNamed("reuse,window=3");
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo(
            """
            5 accesses of 3 lines of 64 bytes, 3 for the first time
            lines of a cache, reused within, hit rate
                       1              1  20.0000 %
                       2              0  20.0000 %
                       4              1  40.0000 %
            accesses, lines used since the row before
                       3          3
                       5          1

            """);
    }

    [Test]
    public async Task A_line_of_no_power_of_two_is_refused()
    {
        using var machine = new TestMachine();
        await Assert.That(Assert.ThrowsExactly<PluginInstallException>(() => machine.InstallNamed("reuse,linesize=48")).Message)
            .IsEqualTo("plugin 'reuse': option 'linesize' does not take '48'; allowed: a power of two");
    }
}
