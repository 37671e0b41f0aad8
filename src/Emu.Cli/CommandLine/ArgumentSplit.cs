namespace Emu.Cli.CommandLine;

/// <summary>
/// Cuts the command line where PROGRAM stands: everything behind it belongs to the guest, whatever it looks like. An option's value is told from
/// PROGRAM by knowing which options take one.
/// </summary>
internal readonly record struct ArgumentSplit(string[] Options, string[] Guest)
{
    /// <summary>Splits; <paramref name="takesValue"/> says of an option's name whether the next argument is its value.</summary>
    public static ArgumentSplit Of(string[] arguments, Predicate<string> takesValue)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--")
                return new(arguments[..i], arguments[(i + 1)..]);
            if (!IsOption(arguments[i]))
                return new(arguments[..i], arguments[i..]);
            if (takesValue(arguments[i]))
                i++;
        }

        return new(arguments, []);
    }

    /// <summary>True if the argument, where PROGRAM may stand, is an option. A single dash is a name.</summary>
    public static bool IsOption(string argument) => argument.StartsWith('-') && argument != "-";
}
