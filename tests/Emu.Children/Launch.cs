using System.Collections;
using System.Text;

namespace Emu.Children;

/// <summary>A process to be: what it is given. Texts that need not be UTF-8 are bytes.</summary>
public sealed record Launch
{
    /// <summary>Path of the program, or its name on <c>PATH</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments behind the program's name.</summary>
    public IReadOnlyList<byte[]> Arguments { get; init; } = [];

    /// <summary>The whole environment, <c>NAME=value</c> each; that of this process if nothing else is said.</summary>
    public IReadOnlyList<byte[]> Environment { get; init; } = OwnEnvironment;

    /// <summary>Where it starts.</summary>
    public string Directory { get; init; } = ".";

    /// <summary>What it finds on standard input, which then ends.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>After this time it is killed, and waiting for it throws. Against what hangs, not against a busy machine.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The environment of this process.</summary>
    public static IReadOnlyList<byte[]> OwnEnvironment =>
        Bytes(System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static variable => $"{variable.Key}={variable.Value}"));

    /// <summary>A program with arguments that are texts.</summary>
    public static Launch Of(string program, params IEnumerable<string> arguments) => new() { Program = program, Arguments = Bytes(arguments) };

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started; the message names it.</exception>
    /// <exception cref="TimeoutException">It was killed after <see cref="Longest"/>.</exception>
    public Outcome Run()
    {
        using var process = new ChildProcess(this);
        return process.WaitForEnd();
    }

    /// <summary>Texts as arguments.</summary>
    public static byte[][] Bytes(IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The command line, for messages.</summary>
    public override string ToString() => string.Join(' ', Arguments.Select(Encoding.UTF8.GetString).Prepend(Program));
}
