using Emu.Engine.Instrumentation.CommandLine;
using ZLinq;

namespace Emu.Cli.CommandLine;

/// <summary>Options whose value is one of a few words.</summary>
internal static class Words
{
    /// <summary>The word, if it is one of them.</summary>
    /// <param name="word">What was given.</param>
    /// <param name="what">What the words are, for the message: <c>backend</c>.</param>
    /// <param name="known">The words there are.</param>
    /// <exception cref="EmuFailure">It is none of them; the message lists them.</exception>
    public static string Require(string word, string what, IReadOnlyList<string> known) => known.AsValueEnumerable().Contains(word) ? word : throw Unknown(word, what, known);

    /// <summary>The failure for a word that is not known.</summary>
    public static EmuFailure Unknown(string word, string what, IReadOnlyList<string> known) =>
        new(ExitCodes.Failed, $"unknown {what} '{word}'{NearestName.Hint(word, known)}; there are: {string.Join(", ", known)}");
}
