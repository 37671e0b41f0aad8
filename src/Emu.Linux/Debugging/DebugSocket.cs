using Emu.Engine.Debugging;
using Emu.Linux.Host;
using Emu.Linux.Host.Stubs;

namespace Emu.Linux.Debugging;

/// <summary>
/// A socket that one debugger connects to. Its descriptors are hidden from the guest and closed when it executes a program. A forked child closes them by
/// <see cref="Dispose"/>.
/// </summary>
public sealed unsafe class DebugSocket : IDebugConnection
{
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;

    private readonly Lock _gate = new();
    private readonly ListenAddress _address;
    private readonly HostListener _listener;
    private int _socket = -1;
    private int _wake = -1;

    /// <summary>Opens the socket; a debugger can connect from now on.</summary>
    /// <exception cref="IOException">It cannot be opened there; the message is one line and says why.</exception>
    public DebugSocket(ListenAddress address) => (_address, _listener) = (address, new HostListener(address, "a debugger", backlog: 1));

    /// <summary>The port, which the host has chosen if 0 was given; 0 for a path.</summary>
    public int Port => _listener.Port;

    /// <summary>True if the host chose the port, so that somebody has to be told.</summary>
    public bool HasChosenPort => _address.HasAnyPort;

    /// <summary>Waits for the debugger; nobody else can connect then.</summary>
    /// <exception cref="IOException">It cannot be waited for.</exception>
    public void Accept()
    {
        _socket = _listener.Accept();
        _listener.Close();
        var wake = (int)Kernel.Call(HostCall.Eventfd2, 0, CloseOnExec | NonBlocking);
        if (wake < 0)
            throw new IOException($"cannot serve a debugger: {HostErrors.Text(-wake)}");
        _wake = HostDescriptors.Reserve(wake);
        if (!_address.IsPath)
            HostSocket.SendAtOnce(_socket);
    }

    /// <inheritdoc/>
    public int Receive(Span<byte> destination)
    {
        var requests = stackalloc PollRequest[2];
        while (true)
        {
            requests[0] = new PollRequest { Descriptor = _socket, Events = HostReadiness.ToRead };
            requests[1] = new PollRequest { Descriptor = _wake, Events = HostReadiness.ToRead };
            if (!HostReadiness.Wait(requests, 2))
                continue;
            if (requests[0].Returned != 0)
                break;
            ulong count;
            Kernel.Call(HostCall.Read, _wake, (nint)(&count), sizeof(ulong));
            return -1;
        }

        return Math.Max(HostSocket.Receive(_socket, destination), 0);
    }

    /// <inheritdoc/>
    public bool Send(ReadOnlySpan<byte> source) => HostSocket.Send(_socket, source);

    /// <inheritdoc/>
    public void Wake()
    {
        var one = 1UL;
        lock (_gate)
            if (_wake >= 0)
                Kernel.Call(HostCall.Write, _wake, (nint)(&one), sizeof(ulong));
    }

    /// <summary>Closes what is open.</summary>
    public void Dispose()
    {
        _listener.Close();
        lock (_gate)
        {
            foreach (var descriptor in (ReadOnlySpan<int>)[_socket, _wake])
                if (descriptor >= 0)
                    HostDescriptors.Release(descriptor);
            (_socket, _wake) = (-1, -1);
        }
    }
}
