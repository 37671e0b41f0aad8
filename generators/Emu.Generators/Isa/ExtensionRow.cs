using System.Globalization;
using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>A row of extensions.isa: an extension of the instruction set that can be switched on and off.</summary>
internal sealed record ExtensionRow(TableRow Row, int Number)
{
    /// <summary>Sets of extensions are bits of one word.</summary>
    public const int MaxCount = 64;

    private const string Missing = "missing";

    public string Name => Row[0];

    public string MemberName => Names.Pascal(Name);

    /// <summary>The first of the sets, each a part of the next, that has it.</summary>
    public string Since => Names.Words(Row[1]).FirstOrDefault() ?? "";

    /// <summary>True if it has no instructions here: a name for what is refused.</summary>
    public bool IsMissing => Names.Words(Row[1]).Contains(Missing);

    /// <summary>The extensions without which it cannot be.</summary>
    public IEnumerable<string> Needs => Names.Words(Row[2]);

    /// <summary>The bits by which the operating system tells programs of it.</summary>
    public IEnumerable<int> Probe => Names.Words(Row[3]).Where(static word => word != "-")
        .Select(static word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var bit) && bit < 64 ? bit : -1);

    public ulong Bit => 1UL << Number;

    public string? Error =>
        Row.Cells.Length != 4 ? "an extension has four cells" :
        Name.Length == 0 || Since.Length == 0 ? "an extension has a name and a first set" :
        Number >= MaxCount ? $"there are at most {MaxCount} extensions" :
        Probe.Contains(-1) ? $"'{Row[3]}' are no bits" :
        null;
}
