using System.Globalization;
using System.Text.RegularExpressions;

namespace Emu.Cli.Tests.Guests;

/// <summary>The totals in a text report of <c>insn</c>, <c>bb</c> and <c>mem</c>; null for what is not in it.</summary>
internal sealed partial record PluginTotals(ulong? Insns, ulong? Blocks, ulong? InsnsOfBlocks, ulong? Accesses)
{
    /// <summary>Reads a report.</summary>
    public static PluginTotals Of(string report)
    {
        var blocks = BlocksLine().Match(report);
        return new(Number(InsnsLine().Match(report), 1), Number(blocks, 1), Number(blocks, 2), Number(AccessesLine().Match(report), 1));
    }

    private static ulong? Number(Match match, int group) =>
        match.Success ? ulong.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^total insns: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex InsnsLine();

    [GeneratedRegex(@"^Total: bb's: (\d+), insns: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex BlocksLine();

    [GeneratedRegex(@"^mem accesses: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex AccessesLine();
}
