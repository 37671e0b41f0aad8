namespace Emu.Linux.Host;

/// <summary>A socket that others connect to, hidden from the guest and closed when it executes a program. A path is removed again when it closes.</summary>
internal sealed unsafe class HostListener
{
    private const int InUse = -98; // EADDRINUSE
    private const int Refused = -111; // ECONNREFUSED

    private readonly ListenAddress _address;
    private readonly string _purpose;

    /// <summary>Opens it; others can connect from now on. A path that nobody listens at any more is taken over.</summary>
    /// <param name="address">Where.</param>
    /// <param name="purpose">Whom it is for, as in "cannot wait for a debugger".</param>
    /// <param name="backlog">How many may wait.</param>
    /// <exception cref="IOException">It cannot be opened there; the message is one line and says why.</exception>
    public HostListener(ListenAddress address, string purpose, int backlog)
    {
        (_address, _purpose) = (address, purpose);
        Descriptor = HostDescriptors.Reserve(Require(HostSocket.Open(address)));
        var bound = HostSocket.Bind(Descriptor, address);
        if (bound == InUse && IsLeftOver())
        {
            Unlink();
            bound = HostSocket.Bind(Descriptor, address);
        }

        Require(bound);
        Require(HostSocket.Listen(Descriptor, backlog));
    }

    /// <summary>The descriptor; -1 once it is closed.</summary>
    public int Descriptor { get; private set; } = -1;

    /// <summary>The port, which the host has chosen if 0 was given; 0 for a path.</summary>
    public int Port
    {
        get
        {
            if (_address.IsPath)
                return 0;
            Require(HostSocket.PortOf(Descriptor, out var port));
            return port;
        }
    }

    /// <summary>Waits for somebody: a descriptor that is hidden from the guest.</summary>
    /// <exception cref="IOException">Nobody came, or there is no descriptor for them; the next may have more luck.</exception>
    public int Accept()
    {
        var accepted = HostSocket.Accept(Descriptor);
        return accepted >= 0 ? HostDescriptors.Reserve(accepted) : throw Failure(accepted);
    }

    /// <summary>Closes it, if it is open.</summary>
    public void Close()
    {
        if (Descriptor < 0)
            return;
        Abandon();
        if (_address.IsPath)
            Unlink();
    }

    /// <summary>Closes it in a process to which it does not belong: others can connect to its owner still.</summary>
    public void Abandon()
    {
        HostDescriptors.Release(Descriptor);
        Descriptor = -1;
    }

    /// <summary>True if the path is the socket of a process that has ended without removing it.</summary>
    private bool IsLeftOver()
    {
        // Connecting to any other file is refused as well.
        if (!_address.IsPath || !HostFiles.TryDescribe(_address.Path, out var file) || !file.IsSocket)
            return false;
        var probe = HostSocket.Open(_address);
        if (probe < 0)
            return false;
        var connected = HostSocket.Connect(probe, _address);
        HostFiles.Close(probe);
        return connected == Refused;
    }

    private void Unlink()
    {
        fixed (byte* path = _address.Path)
            Kernel.Call(HostCall.Unlinkat, HostFiles.CurrentDirectory, (nint)path, 0);
    }

    private int Require(int result)
    {
        if (result >= 0)
            return result;
        if (Descriptor >= 0)
            Abandon();
        throw Failure(result);
    }

    private IOException Failure(int result) => new($"cannot wait for {_purpose} at '{_address.Text}': {HostErrors.Text(-result)}");
}
