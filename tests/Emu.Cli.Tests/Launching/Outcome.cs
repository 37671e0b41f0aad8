using System.Text;
using Assert = Xunit.Assert;

namespace Emu.Cli.Tests.Launching;

/// <summary>How a process ended and what it wrote.</summary>
/// <param name="ExitCode">Its exit code, or -1 if a signal killed it.</param>
/// <param name="Signal">The signal that killed it, or 0.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record Outcome(int ExitCode, int Signal, byte[] Output, byte[] Error)
{
    /// <summary>Standard output as text.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output);

    /// <summary>Standard error as text.</summary>
    public string ErrorText => Encoding.UTF8.GetString(Error);

    /// <summary>As a shell's <c>$?</c> has it: 128 and the signal's number for a killed process.</summary>
    public int Status => Signal != 0 ? 128 + Signal : ExitCode;

    /// <summary>Asserts that Emu refused: this exit code, nothing on standard output, and one line on standard error that holds the text.</summary>
    public void AssertRefused(int exitCode, string text)
    {
        Assert.Equal(0, Signal);
        Assert.Equal("", OutputText);
        Assert.StartsWith("emu: error: ", ErrorText);
        Assert.Contains(text, ErrorText);
        Assert.Equal(ErrorText.Length - 1, ErrorText.IndexOf('\n'));
        Assert.Equal(exitCode, ExitCode);
    }

    /// <summary>Asserts that all went well and nothing was complained about.</summary>
    public void AssertCleanExit(string output)
    {
        Assert.Equal("", ErrorText);
        Assert.Equal(output, OutputText);
        Assert.Equal(0, Status);
    }
}
