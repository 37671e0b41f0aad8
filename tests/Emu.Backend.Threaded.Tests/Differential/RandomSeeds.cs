namespace Emu.Backend.Tests.Differential;

/// <summary>
/// Which random blocks a run looks at: for each set of passes as many as <c>EMU_RANDOM_BLOCKS</c> says, from seed <c>EMU_RANDOM_SEED</c> on. With a seed alone it is the one block of that
/// seed, in every set: how a failure is seen again.
/// </summary>
internal static class RandomSeeds
{
    private const int UsualCount = 400;

    private static readonly int? First = Read("EMU_RANDOM_SEED", 0);

    /// <summary>Blocks for each set.</summary>
    public static readonly int Count = Read("EMU_RANDOM_BLOCKS", 1) ?? (First is null ? UsualCount : 1);

    /// <summary>The seeds of the set with that number, which it shares with no other but where there is only one; they are printed.</summary>
    public static IEnumerable<int> Of(int set, int times = 1)
    {
        var count = Count == 1 ? 1 : Count * times;
        var first = unchecked((First ?? 0) + (count == 1 ? 0 : set * count)) & int.MaxValue;
        TestContext.Current!.Output.WriteLine($"seeds {first} and on, {count} of them");
        for (var i = 0; i < count; i++)
            yield return (first + i) & int.MaxValue;
    }

    private static int? Read(string name, int least) => Environment.GetEnvironmentVariable(name) switch
    {
        null or "" => null,
        var text when int.TryParse(text, out var number) && number >= least => number,
        var text => throw new ArgumentException($"{name} is '{text}', which is no number from {least} on"),
    };
}
