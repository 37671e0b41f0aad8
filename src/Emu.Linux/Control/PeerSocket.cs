using System.Diagnostics;
using Emu.Linux.Host;
using Emu.Plugins;

namespace Emu.Linux.Control;

/// <summary>The connection of two emulators at a path: who comes first listens, who comes second connects.</summary>
public sealed class PeerSocket : IPluginPeer
{
    private const int RetryMilliseconds = 20;

    // Others knock too, to see whether somebody listens: whoever says this has come to stay.
    private static readonly byte[] Greeting = "emu-peer"u8.ToArray();

    private readonly int _descriptor;
    private bool _isClosed;

    private PeerSocket(int descriptor) => _descriptor = descriptor;

    /// <summary>Connects two emulators that both call this.</summary>
    /// <param name="path">Path of the socket, which is there only until the second has come.</param>
    /// <param name="patience">How long to wait for the other, now and in each call.</param>
    /// <exception cref="PluginInstallException">The other did not come, or there can be no socket.</exception>
    public static IPluginPeer Connect(string path, TimeSpan patience)
    {
        if (!ListenAddress.TryPath(path, out var address, out var error))
            throw new PluginInstallException($"'{path}' is no path of a socket: {error}");
        var (start, seconds) = (Stopwatch.GetTimestamp(), Math.Max(1, (long)patience.TotalSeconds));
        while (Stopwatch.GetElapsedTime(start) < patience)
        {
            if ((TryJoin(address, seconds) ?? TryAwait(address, seconds)) is { } peer)
                return peer;
            Thread.Sleep(RetryMilliseconds);
        }

        throw new PluginInstallException($"no other emulator came to '{path}' within {seconds} s");
    }

    /// <inheritdoc/>
    public bool Send(ReadOnlySpan<byte> bytes) => !_isClosed && HostSocket.Send(_descriptor, bytes);

    /// <inheritdoc/>
    public bool Receive(Span<byte> bytes)
    {
        while (bytes.Length > 0 && !_isClosed)
        {
            if (HostSocket.Receive(_descriptor, bytes) is not (> 0 and var count))
                return false;
            bytes = bytes[count..];
        }

        return !_isClosed;
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (!_isClosed)
            HostDescriptors.Release(_descriptor);
        _isClosed = true;
    }

    private static PeerSocket? TryJoin(ListenAddress address, long seconds)
    {
        var socket = HostSocket.Open(address);
        if (socket < 0)
            throw new PluginInstallException($"there can be no socket at '{address.Text}': {HostErrors.Text(-socket)}");
        socket = HostDescriptors.Reserve(socket);
        var peer = new PeerSocket(socket);
        if (HostSocket.Connect(socket, address) >= 0 && peer.Greet(seconds))
            return peer;
        peer.Close();
        return null;
    }

    /// <summary>Listens, if nobody else does yet.</summary>
    private static PeerSocket? TryAwait(ListenAddress address, long seconds)
    {
        HostListener? listener = null;
        try
        {
            listener = new HostListener(address, "another emulator", 1);
            HostSocket.LimitReceiving(listener.Descriptor, seconds);
            while (true)
            {
                var peer = new PeerSocket(listener.Accept());
                if (peer.Greet(seconds))
                    return peer;
                peer.Close();
            }
        }
        catch (IOException problem)
        {
            if (listener is null && !File.Exists(address.Text))
                throw new PluginInstallException(problem.Message);
            return null; // The other was faster, or nobody came: the caller looks at the time.
        }
        finally
        {
            listener?.Close();
        }
    }

    private bool Greet(long seconds)
    {
        HostSocket.LimitSending(_descriptor, seconds);
        HostSocket.LimitReceiving(_descriptor, seconds);
        var answer = new byte[Greeting.Length];
        return Send(Greeting) && Receive(answer) && answer.AsSpan().SequenceEqual(Greeting);
    }
}
