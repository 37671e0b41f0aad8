using System.CommandLine;
using ZLinq;

namespace Emu.Cli.CommandLine;

/// <summary>Answers <c>--help</c>.</summary>
internal static class OptionHelp
{
    /// <summary>Columns for the names; a longer one gets a line of its own.</summary>
    private const int NameWidth = 30;

    private const string Introduction =
        """
        Usage: emu [options] [--] PROGRAM [ARGS…]

        Runs a RISC-V 64 Linux program and lets the plugins that were built in watch it.

        """;

    private const string Ending =
        """

        Everything behind PROGRAM belongs to the guest, and the exit code is the guest's; a guest that
        is killed by a signal kills emu with the same one. Failures of Emu itself end with 125 (options,
        plugins, files that cannot be written), 126 (PROGRAM cannot be run) or 127 (it is not there).
        """;

    /// <summary>Writes the help.</summary>
    public static void Write(IEnumerable<Option> options, TextWriter output)
    {
        output.WriteLine(Introduction);
        foreach (var option in options)
            if (!option.Hidden)
                WriteOption(option, output);
        output.WriteLine(Ending);
    }

    private static void WriteOption(Option option, TextWriter output)
    {
        var names = option.Aliases.AsValueEnumerable().Append(option.Name).Where(static name => name.StartsWith('-')).OrderBy(static name => name.Length);
        var usage = $"  {names.JoinToString(", ")}{(option.HelpName is { } value ? " " + value : "")}";
        if (usage.Length < NameWidth)
            output.WriteLine(usage.PadRight(NameWidth) + option.Description);
        else
            output.WriteLine($"{usage}\n{new string(' ', NameWidth)}{option.Description}");
    }
}
