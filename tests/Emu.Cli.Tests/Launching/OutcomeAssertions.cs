using Assert = Xunit.Assert;

namespace Emu.Cli.Tests.Launching;

/// <summary>What is expected of an end.</summary>
internal static class OutcomeAssertions
{
    /// <summary>Asserts that Emu refused: this exit code, nothing on standard output, and one line on standard error that holds the text.</summary>
    public static void AssertRefused(this Outcome outcome, int exitCode, string text)
    {
        Assert.Equal(0, outcome.Signal);
        Assert.Equal("", outcome.OutputText);
        Assert.StartsWith("emu: error: ", outcome.ErrorText);
        Assert.Contains(text, outcome.ErrorText);
        Assert.Equal(outcome.ErrorText.Length - 1, outcome.ErrorText.IndexOf('\n'));
        Assert.Equal(exitCode, outcome.ExitCode);
    }

    /// <summary>Asserts that all went well and nothing was complained about.</summary>
    public static void AssertCleanExit(this Outcome outcome, string output)
    {
        Assert.Equal("", outcome.ErrorText);
        Assert.Equal(output, outcome.OutputText);
        Assert.Equal(0, outcome.Status);
    }
}
