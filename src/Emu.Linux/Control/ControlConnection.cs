using Emu.Linux.Host;

namespace Emu.Linux.Control;

/// <summary>A connection of a client with an emulator, from either end: bytes become lines.</summary>
/// <param name="descriptor">The connected socket.</param>
internal sealed class ControlConnection(int descriptor)
{
    /// <summary>A client's longest line, without its end.</summary>
    public const int LongestLine = 64 * 1024;

    private readonly List<byte> _line = [];

    /// <summary>The connected socket.</summary>
    public int Descriptor => descriptor;

    /// <summary>Takes bytes and answers the lines that they end; false if there can be nothing more between the two.</summary>
    public bool Take(ReadOnlySpan<byte> bytes, Func<byte[], byte[]> answer)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _line.AddRange(bytes[..end]);
            bytes = bytes[(end + 1)..];
            var line = _line.ToArray();
            _line.Clear();
            if (!HostSocket.Send(descriptor, [.. answer(line), (byte)'\n']))
                return false;
        }

        _line.AddRange(bytes);
        // What is not read is thrown away with the connection; an answer would come to somebody who still writes.
        return _line.Count <= LongestLine;
    }
}
