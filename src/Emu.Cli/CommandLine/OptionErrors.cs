using System.CommandLine;
using System.CommandLine.Parsing;
using Emu.Engine.Instrumentation.CommandLine;
using ZLinq;

namespace Emu.Cli.CommandLine;

/// <summary>What is wrong with a command line, in the words of every other error of Emu instead of the parser's own.</summary>
internal static class OptionErrors
{
    private const string Advice = "try 'emu --help'";

    /// <summary>Refuses what the parser could not make sense of.</summary>
    /// <exception cref="EmuFailure">There is such a thing.</exception>
    public static void Require(ParseResult parsed, IEnumerable<Option> options, bool asksForHelp)
    {
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var what = ArgumentSplit.IsOption(unknown) ? $"unknown option '{unknown}'{Hint(unknown, options)}" : $"the value '{unknown}' belongs to no option";
            throw new EmuFailure(ExitCodes.Failed, $"{what}; {Advice}");
        }

        if (parsed.Errors.Count > 0 && !asksForHelp)
            throw new EmuFailure(ExitCodes.Failed, $"{Describe(parsed.Errors[0])}; {Advice}");
    }

    /// <summary>For a program that is not there: text to append if its name is an option's without the dashes, or nothing.</summary>
    public static string HintForProgram(string program, IEnumerable<Option> options) =>
        options.AsValueEnumerable().Any(option => option.Name == "--" + program) ? $" (did you mean '--{program}'?)" : "";

    // Short names are too short to guess.
    private static string Hint(string word, IEnumerable<Option> options) =>
        word.StartsWith("--", StringComparison.Ordinal) ? NearestName.Hint(word.Split('=')[0], [.. options.AsValueEnumerable().Select(static option => option.Name)]) : "";

    private static string Describe(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } result => $"option '{result.IdentifierToken?.Value}' needs a value: {result.Option.HelpName}",
        OptionResult { Option: Option<bool> } result => $"option '{result.IdentifierToken?.Value}' does not take '{result.Tokens[0].Value}'; allowed: nothing, true or false",
        OptionResult { Tokens.Count: > 1 } result => $"option '{result.IdentifierToken?.Value}' is given more than once",
        _ => error.Message.ReplaceLineEndings(" ").TrimEnd('.'),
    };
}
