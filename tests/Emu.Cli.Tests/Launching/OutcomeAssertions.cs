
namespace Emu.Cli.Tests.Launching;

/// <summary>What is expected of an end.</summary>
internal static class OutcomeAssertions
{
    /// <summary>Asserts that Emu refused: this exit code, nothing on standard output, and one line on standard error that holds the text.</summary>
    public static async Task AssertRefused(this Outcome outcome, int exitCode, string text)
    {
        await Assert.That(outcome.Signal).IsEqualTo(0);
        await Assert.That(outcome.OutputText).IsEmpty();
        await Assert.That(outcome.ErrorText).StartsWith("emu: error: ");
        await Assert.That(outcome.ErrorText).Contains(text);
        await Assert.That(outcome.ErrorText.IndexOf('\n')).IsEqualTo(outcome.ErrorText.Length - 1);
        await Assert.That(outcome.ExitCode).IsEqualTo(exitCode);
    }

    /// <summary>Asserts that all went well and nothing was complained about.</summary>
    public static async Task AssertCleanExit(this Outcome outcome, string output)
    {
        await Assert.That(outcome.ErrorText).IsEmpty();
        await Assert.That(outcome.OutputText).IsEqualTo(output);
        await Assert.That(outcome.Status).IsEqualTo(0);
    }
}
