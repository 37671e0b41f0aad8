using System.Text;

namespace Emu.Children;

/// <summary>How a process ended and what it wrote.</summary>
/// <param name="ExitCode">Its exit code, or -1 if a signal killed it.</param>
/// <param name="Signal">The signal that killed it, or 0.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record Outcome(int ExitCode, int Signal, byte[] Output, byte[] Error)
{
    /// <summary>Standard output as text.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output);

    /// <summary>Standard error as text.</summary>
    public string ErrorText => Encoding.UTF8.GetString(Error);

    /// <summary>As a shell's <c>$?</c> has it: 128 and the signal's number for a killed process.</summary>
    public int Status => Signal != 0 ? 128 + Signal : ExitCode;
}
