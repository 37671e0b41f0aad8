namespace Emu.Cli.CommandLine;

/// <summary>
/// Which options of an emulator hold for the programs that its guest executes too: all but those that made the guest's environment, which it hands on by itself, and those that one guest
/// gave for the next. Paths become absolute, since the guest may have changed its directory.
/// </summary>
internal static class InheritedOptions
{
    private static readonly string[] ForOneProgram = ["-E", "--env", "-U", "--unset-env", "--argv0", "--ignore-sigpipe", "--continued", "--gdb", "--control"];
    private static readonly string[] Paths = ["-L", "--sysroot", "-D", "--log", "--report-file"];

    /// <summary>The options to hand on, of those before PROGRAM; <paramref name="takesValue"/> says of an option's name whether the next argument is its value.</summary>
    public static IReadOnlyList<string> Of(string[] options, Predicate<string> takesValue)
    {
        var kept = new List<string>();
        for (var i = 0; i < options.Length; i++)
        {
            var (name, value) = options[i].Split('=', 2) is [var before, var behind] ? (before, behind) : (options[i], null);
            if (value is null && takesValue(name) && i + 1 < options.Length)
                value = options[++i];
            if (ForOneProgram.AsSpan().Contains(name))
                continue;
            kept.Add(name);
            if (value is not null)
                // An empty path is refused where it is used.
                kept.Add(value.Length > 0 && Paths.AsSpan().Contains(name) ? Path.GetFullPath(value) : value);
        }

        return kept;
    }
}
