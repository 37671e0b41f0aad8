namespace Emu.Cli.Running;

/// <summary>A text output that is a named file or standard error.</summary>
internal static class OutputFile
{
    /// <summary>Opens the file anew, or standard error for null. Each line is written at once.</summary>
    /// <exception cref="EmuFailure">The file cannot be written.</exception>
    public static TextWriter Open(string? path, string purpose)
    {
        if (path is null)
            return Console.Error;
        try
        {
            return TextWriter.Synchronized(new StreamWriter(path, append: false) { AutoFlush = true });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new EmuFailure(ExitCodes.Failed, $"cannot write the {purpose} '{path}': {error.Message.ReplaceLineEndings(" ")}");
        }
    }
}
