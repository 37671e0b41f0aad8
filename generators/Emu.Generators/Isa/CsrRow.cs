using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>A row of csrs.isa: a control and status register, or a run of them.</summary>
internal sealed record CsrRow(TableRow Row)
{
    private static readonly Regex Run = new(@"^([a-z]\w*)\{(\d+)\.\.(\d+)\}(\w*)$");

    private static readonly Regex Single = new(@"^[a-z]\w*$");

    public string Name => Row[1];

    public string MethodName => Names.Pascal(Name);

    public bool CanRead => Names.Words(Row[2]).Contains("read");

    public bool CanWrite => Names.Words(Row[2]).Contains("write");

    /// <summary>The extension without which it cannot be used, or null.</summary>
    public string? Extension => Row[3].Length > 0 ? Row[3] : null;

    /// <summary>Set if the first cell is a number.</summary>
    public uint? Number => Row[0].StartsWith("0x", StringComparison.Ordinal)
        && uint.TryParse(Row[0].Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
        && number < 0x1000 ? number : null;

    public string? Error =>
        Row.Cells.Length is not (3 or 4) ? "a register has three or four cells" :
        Number is null ? $"'{Row[0]}' is no number of a register" :
        !Single.IsMatch(Name) && !(Run.IsMatch(Name) && Row[2] == "-") ? $"'{Name}' is no name, or a run with access" :
        Row[2] is not ("read" or "read write" or "-") ? $"unknown access '{Row[2]}'" :
        null;

    /// <summary>The registers of the row.</summary>
    public IEnumerable<(uint Number, string Name)> Registers()
    {
        var run = Run.Match(Name);
        if (!run.Success)
            return [(Number!.Value, Name)];
        var first = int.Parse(run.Groups[2].Value, CultureInfo.InvariantCulture);
        var last = int.Parse(run.Groups[3].Value, CultureInfo.InvariantCulture);
        return Enumerable.Range(first, Math.Max(0, last - first + 1))
            .Select(i => ((uint)(Number!.Value + i - first), $"{run.Groups[1].Value}{i}{run.Groups[4].Value}"));
    }
}
