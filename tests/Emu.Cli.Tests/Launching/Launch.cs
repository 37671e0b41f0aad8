using System.Text;

namespace Emu.Cli.Tests.Launching;

/// <summary>A process to be: what it is given. Texts that need not be UTF-8 are bytes.</summary>
internal sealed record Launch
{
    /// <summary>Path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments behind the program's name.</summary>
    public IReadOnlyList<byte[]> Arguments { get; init; } = [];

    /// <summary>The whole environment, <c>NAME=value</c> each.</summary>
    public IReadOnlyList<byte[]> Environment { get; init; } = ["PATH=/usr/bin:/bin"u8.ToArray()];

    /// <summary>Where it starts.</summary>
    public string Directory { get; init; } = Repository.GuestFolder;

    /// <summary>What it finds on standard input, which then ends.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>After this time it is killed and the test fails.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The environment of the test run itself.</summary>
    public static IReadOnlyList<byte[]> OwnEnvironment =>
        Bytes(System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(static variable => $"{variable.Key}={variable.Value}"));

    /// <summary>The emulator with the given arguments.</summary>
    public static Launch Emu(params string[] arguments) => new() { Program = EmuExecutable.Path, Arguments = Bytes(arguments) };

    /// <summary>
    /// The emulator under a shell that first does something to itself, such as <c>ulimit -n 4</c> or <c>exec 2&gt;&amp;-</c>, and then becomes the emulator.
    /// </summary>
    public static Launch EmuAfter(string preparation, params string[] arguments) =>
        new() { Program = "/bin/sh", Arguments = Bytes(["-c", $"{preparation}; exec \"$0\" \"$@\"", EmuExecutable.Path, .. arguments]) };

    /// <summary>Runs it to its end.</summary>
    public Outcome Run()
    {
        using var process = new ChildProcess(this);
        return process.WaitForEnd();
    }

    /// <summary>Texts as arguments.</summary>
    public static byte[][] Bytes(IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
