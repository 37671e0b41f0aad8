namespace Emu.Cli;

/// <summary>Exit codes of Emu's own failures, as of a shell; every other code is the guest's.</summary>
internal static class ExitCodes
{
    /// <summary>Emu itself failed: usage, plugin, log file.</summary>
    public const int Failed = 125;

    /// <summary>The program is there but cannot be run.</summary>
    public const int NotRunnable = 126;

    /// <summary>The program is not there.</summary>
    public const int NotFound = 127;
}

/// <summary>A failure that ends Emu with one line and an exit code.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">One line that names the thing and says what to do.</param>
internal sealed class EmuFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;
}
