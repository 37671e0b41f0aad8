using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Build;

/// <summary>The symbols of a native file, as <c>nm</c> of binutils lists them; whoever can publish has it.</summary>
internal static class Symbols
{
    /// <summary>Names with their addresses, in the order of addresses, and whether they name code.</summary>
    public static IReadOnlyList<(ulong Address, bool IsCode, string Name)> Of(string file)
    {
        var outcome = Launch.Tool("/usr/bin/nm", "-n", file).Run();
        if (outcome.Status != 0)
            Assert.Fail($"nm ends with {outcome.Status}: {outcome.ErrorText}");
        return [.. from line in outcome.OutputText.Split('\n')
                   let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                   where words.Length == 3
                   select (Convert.ToUInt64(words[0], 16), words[1] is "t" or "T", words[2])];
    }
}
