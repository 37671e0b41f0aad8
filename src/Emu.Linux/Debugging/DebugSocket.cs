using System.Buffers.Binary;
using Emu.Engine.Debugging;
using Emu.Linux.Calls;
using Emu.Linux.Host;
using Emu.Linux.Host.Stubs;

namespace Emu.Linux.Debugging;

/// <summary>
/// A socket that one debugger connects to. Its descriptors are hidden from the guest and closed when it executes a program. A forked child closes them by
/// <see cref="Dispose"/>.
/// </summary>
public sealed unsafe class DebugSocket : IDebugConnection
{
    private const int Stream = 1;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;
    private const int TcpLevel = 6;
    private const int NoDelay = 1;
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const short CanRead = 1;     // POLLIN

    private readonly Lock _gate = new();
    private readonly DebugAddress _address;
    private int _listener;
    private int _socket = -1;
    private int _wake = -1;

    /// <summary>Opens the socket; a debugger can connect from now on.</summary>
    /// <exception cref="IOException">It cannot be opened there; the message is one line and says why.</exception>
    public DebugSocket(DebugAddress address)
    {
        _address = address;
        _listener = HostDescriptors.Reserve(Require(Kernel.Call(HostCall.Socket, address.Family, Stream | CloseOnExec)));
        var yes = 1;
        if (!address.IsPath)
            Kernel.Call(HostCall.Setsockopt, _listener, SocketLevel, ReuseAddress, (nint)(&yes), sizeof(int));
        fixed (byte* name = address.SocketAddress)
            Require(Kernel.Call(HostCall.Bind, _listener, (nint)name, address.SocketAddress.Length));
        Require(Kernel.Call(HostCall.Listen, _listener, 1));
    }

    /// <summary>The port, which the host has chosen if 0 was given; 0 for a path.</summary>
    public int Port
    {
        get
        {
            if (_address.IsPath)
                return 0;
            var (name, length) = (new byte[128], 128);
            fixed (byte* start = name)
                Require(Kernel.Call(HostCall.Getsockname, _listener, (nint)start, (nint)(&length)));
            return BinaryPrimitives.ReadUInt16BigEndian(name.AsSpan(2));
        }
    }

    /// <summary>True if the host chose the port, so that somebody has to be told.</summary>
    public bool HasChosenPort => _address.HasAnyPort;

    /// <summary>Waits for the debugger; nobody else can connect then.</summary>
    /// <exception cref="IOException">It cannot be waited for.</exception>
    public void Accept()
    {
        long accepted;
        do
            accepted = Kernel.Call(HostCall.Accept4, _listener, 0, 0, CloseOnExec);
        while (accepted == -(long)Errno.EINTR);
        _socket = HostDescriptors.Reserve(Require(accepted));
        CloseListener();
        _wake = HostDescriptors.Reserve(Require(Kernel.Call(HostCall.Eventfd2, 0, CloseOnExec | NonBlocking)));
        var yes = 1;
        if (!_address.IsPath)
            Kernel.Call(HostCall.Setsockopt, _socket, TcpLevel, NoDelay, (nint)(&yes), sizeof(int));
    }

    /// <inheritdoc/>
    public int Receive(Span<byte> destination)
    {
        // struct pollfd: descriptor, wanted and found events.
        var polled = stackalloc int[4];
        while (true)
        {
            (polled[0], polled[1], polled[2], polled[3]) = (_socket, CanRead, _wake, CanRead);
            if (Kernel.Guest(HostCall.Ppoll, (nint)polled, 2) <= 0)
            {
                // A signal is none of this thread's, and while one waits no call is made.
                if (HostThread.Control is not null and var control)
                    Interlocked.Exchange(ref control->Pending, 0);
                continue;
            }

            if (polled[1] >> 16 != 0)
                break;
            ulong count;
            Kernel.Call(HostCall.Read, _wake, (nint)(&count), sizeof(ulong));
            return -1;
        }

        long length;
        fixed (byte* start = destination)
            length = Kernel.Call(HostCall.Read, _socket, (nint)start, destination.Length);
        return length > 0 ? (int)length : 0;
    }

    /// <inheritdoc/>
    public bool Send(ReadOnlySpan<byte> source)
    {
        while (source.Length > 0)
        {
            long count;
            fixed (byte* start = source)
                count = Kernel.Call(HostCall.Sendto, _socket, (nint)start, source.Length, NoSignal);
            if (count == -(long)Errno.EINTR)
                continue;
            if (count <= 0)
                return false;
            source = source[(int)count..];
        }

        return true;
    }

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
        CloseListener();
        lock (_gate)
        {
            foreach (var descriptor in (ReadOnlySpan<int>)[_socket, _wake])
                if (descriptor >= 0)
                    HostDescriptors.Release(descriptor);
            (_socket, _wake) = (-1, -1);
        }
    }

    private void CloseListener()
    {
        if (_listener < 0)
            return;
        HostDescriptors.Release(_listener);
        _listener = -1;
        if (!_address.IsPath)
            return;
        fixed (byte* path = _address.Path)
            Kernel.Call(HostCall.Unlinkat, HostFiles.CurrentDirectory, (nint)path, 0);
    }

    private int Require(long result)
    {
        if (result >= 0)
            return (int)result;
        if (_listener > 0)
            HostDescriptors.Release(_listener);
        throw new IOException($"cannot wait for a debugger at '{_address.Text}': {HostErrors.Text((int)-result)}");
    }
}
