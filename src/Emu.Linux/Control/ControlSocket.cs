using System.Runtime.InteropServices;
using Emu.Linux.Host;

namespace Emu.Linux.Control;

/// <summary>
/// A socket at which clients send lines while the guest runs, and get an answer to each. Many may be connected; what one does, half a line, garbage, going away, not reading, does not
/// concern the others.
/// </summary>
public sealed unsafe class ControlSocket
{
    private const int MaxClients = 16;
    private const int ChunkBytes = 4096;
    private const long PatienceSeconds = 5;

    private readonly HostListener _listener;
    private readonly List<ControlConnection> _clients = [];

    /// <summary>Opens the socket, for its owner alone; clients can connect from now on.</summary>
    /// <exception cref="IOException">It cannot be opened there; the message is one line and says why.</exception>
    public ControlSocket(ListenAddress address) => _listener = new HostListener(address, "commands", MaxClients);

    /// <summary>Serves clients on the calling thread, for good.</summary>
    /// <param name="answer">Answers a line, both without their end. It must not throw.</param>
    public void Serve(Func<byte[], byte[]> answer)
    {
        var requests = stackalloc PollRequest[MaxClients + 1];
        while (true)
        {
            var count = 0;
            foreach (var client in _clients)
                requests[count++] = new PollRequest { Descriptor = client.Descriptor, Events = HostReadiness.ToRead };
            // While there is no room the next ones wait.
            requests[count++] = new PollRequest { Descriptor = _clients.Count < MaxClients ? _listener.Descriptor : -1, Events = HostReadiness.ToRead };
            if (!HostReadiness.Wait(requests, count))
                continue;
            for (var i = count - 2; i >= 0; i--)
                if (requests[i].Returned != 0)
                    Take(_clients[i], answer);
            if (requests[count - 1].Returned != 0)
                Admit();
        }
    }

    /// <summary>The guest has ended: nobody can connect any more.</summary>
    public void Close() => _listener.Close();

    /// <summary>In a forked child, to which nothing of it belongs.</summary>
    public void Abandon()
    {
        _listener.Abandon();
        foreach (var client in _clients)
            HostDescriptors.Release(client.Descriptor);
        _clients.Clear();
    }

    private void Admit()
    {
        try
        {
            var socket = _listener.Accept();
            HostSocket.LimitSending(socket, PatienceSeconds);
            _clients.Add(new ControlConnection(socket));
        }
        catch (IOException)
        {
            // Whoever it was has gone, or there is no number for them: the next one may have more luck.
        }
    }

    private void Take(ControlConnection client, Func<byte[], byte[]> answer)
    {
        Span<byte> chunk = stackalloc byte[ChunkBytes];
        var length = HostSocket.Receive(client.Descriptor, chunk);
        var stays = length > 0 && client.Take(chunk[..length], answer);
        if (stays)
            return;
        _clients.Remove(client);
        HostDescriptors.Release(client.Descriptor);
    }
}
