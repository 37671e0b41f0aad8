using System.IO.Compression;
using System.Text;

namespace Emu.Replay;

/// <summary>A recording of what a program did: lines of text in a file, packed or not, or in a string. It may be replayed any number of times.</summary>
public sealed class Recording
{
    private readonly Func<TextReader> _open;

    private Recording(string name, Func<TextReader> open) => (Name, _open) = (name, open);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>The recording in a file, which may be packed by gzip. It is opened when it is replayed.</summary>
    public static Recording InFile(string path) => new($"'{path}'", () => Open(path));

    /// <summary>The recording that a text is.</summary>
    public static Recording Of(string text) => new("recording", () => new StringReader(text));

    /// <summary>The lines with their numbers, those that are empty left out.</summary>
    /// <exception cref="RecordingException">It cannot be read.</exception>
    internal IEnumerable<(int Number, string Text)> Lines()
    {
        using var reader = Try(_open);
        for (var number = 1; Try(reader.ReadLine) is { } line; number++)
            if (line.Length > 0)
                yield return (number, line);
    }

    /// <summary>The failure that a line is.</summary>
    internal RecordingException Fail(int line, string why) => new($"{Name}, line {line}: {why}");

    private T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RecordingException($"the recording {Name} cannot be read: {error.Message}");
        }
    }

    private static StreamReader Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        var isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return new StreamReader(isPacked ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
    }
}
