namespace Emu.Ir.Passes;

/// <summary>The passes by the names that the command line uses.</summary>
public static class IrPasses
{
    private static readonly (string Name, PassSet Pass)[] Table =
    [
        ("copy", PassSet.Copy),
        ("fold", PassSet.Fold),
        ("peephole", PassSet.Peephole),
        ("address", PassSet.Address),
        ("branch", PassSet.Branch),
        ("deadglobals", PassSet.DeadGlobals),
        ("deadtemps", PassSet.DeadTemps),
        ("counters", PassSet.Counters),
        ("advance", PassSet.Advance),
        ("schedule", PassSet.Schedule),
    ];

    /// <summary>The names, in the order in which the passes act on an instruction.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Table, row => row.Name);

    /// <summary>The pass with the given name (exact, lower case); false and <see cref="PassSet.None"/> if there is none.</summary>
    public static bool TryParse(string name, out PassSet pass)
    {
        pass = Array.Find(Table, row => row.Name == name).Pass;
        return pass != PassSet.None;
    }

    /// <summary>The name of a single pass.</summary>
    /// <exception cref="ArgumentException">The set is not exactly one pass.</exception>
    public static string NameOf(PassSet pass) =>
        Array.Find(Table, row => row.Pass == pass).Name ?? throw new ArgumentException($"{pass} is not one pass", nameof(pass));
}
