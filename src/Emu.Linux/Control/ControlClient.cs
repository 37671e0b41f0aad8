using Emu.Linux.Host;

namespace Emu.Linux.Control;

/// <summary>The other end of a <see cref="ControlSocket"/>.</summary>
public static class ControlClient
{
    /// <summary>Sends a line and waits for the answer, both without their end.</summary>
    /// <exception cref="IOException">Nobody answers there; the message is one line and says why.</exception>
    public static byte[] Ask(ListenAddress address, ReadOnlySpan<byte> line)
    {
        var socket = Require(HostSocket.Open(address), address);
        Require(HostSocket.Connect(socket, address), address);
        if (!HostSocket.Send(socket, [.. line, (byte)'\n']))
            throw Silent(address);
        var answer = new List<byte>();
        var chunk = new byte[4096];
        while (HostSocket.Receive(socket, chunk) is > 0 and var length)
        {
            answer.AddRange(chunk.AsSpan(0, length));
            if (answer[^1] == '\n')
                return [.. answer[..^1]];
        }

        throw Silent(address);
    }

    private static IOException Silent(ListenAddress address) => new($"the emulator at '{address.Text}' ended or hung up before it answered");

    private static int Require(int result, ListenAddress address) =>
        result >= 0 ? result : throw new IOException($"no emulator answers at '{address.Text}': {HostErrors.Text(-result)}; it must run with --control {address.Text}");
}
