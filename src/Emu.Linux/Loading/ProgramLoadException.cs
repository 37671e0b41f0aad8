namespace Emu.Linux.Loading;

/// <summary>The program cannot be started. The message is one line that names the file and what is wrong with it.</summary>
public sealed class ProgramLoadException : Exception
{
    private ProgramLoadException(string message, int exitCode)
        : base(message) => ExitCode = exitCode;

    /// <summary>What the emulator exits with: 126 if the file cannot be run, 127 if there is none.</summary>
    public int ExitCode { get; }

    /// <summary>There is no such file.</summary>
    public static ProgramLoadException NotFound(string path, string what) => new($"{OneLine(path)}: {what}", 127);

    /// <summary>There is a file, but it cannot be run.</summary>
    public static ProgramLoadException NotRunnable(string path, string what) => new($"{OneLine(path)}: {what}", 126);

    /// <summary>Names come from the command line and from the file itself; control characters must not break the line.</summary>
    internal static string OneLine(string text) =>
        string.Create(text.Length, text, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
}
