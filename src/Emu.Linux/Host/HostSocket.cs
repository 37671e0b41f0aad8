using System.Buffers.Binary;

namespace Emu.Linux.Host;

/// <summary>Sockets of the emulator's own, see socket(7). Each member answers a result, or minus errno. Calls that may wait go through the stub on attached threads.</summary>
internal static unsafe class HostSocket
{
    private const int Stream = 1;
    private const int CloseOnExec = 0x80000;
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;
    private const int ReceiveTimeout = 20; // SO_RCVTIMEO
    private const int SendTimeout = 21; // SO_SNDTIMEO
    private const int TcpLevel = 6;
    private const int NoDelayOption = 1;
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int Interrupted = -4; // EINTR
    private const int OwnerOnly = 0x180; // rw-------

    /// <summary>A socket for addresses of that kind.</summary>
    public static int Open(ListenAddress address) => (int)Kernel.Call(HostCall.Socket, address.Family, Stream | CloseOnExec);

    /// <summary>Gives it the address; a socket in the file system is its owner's alone.</summary>
    public static int Bind(int socket, ListenAddress address)
    {
        if (!address.IsPath)
            Set(socket, SocketLevel, ReuseAddress, 1);
        var bound = WithName(HostCall.Bind, socket, address);
        // Nobody can connect before listen(2).
        if (bound == 0 && address.IsPath)
            fixed (byte* path = address.Path)
                Kernel.Call(HostCall.Fchmodat, HostFiles.CurrentDirectory, (nint)path, OwnerOnly);
        return bound;
    }

    /// <summary>Has others connect.</summary>
    public static int Listen(int socket, int backlog) => (int)Kernel.Call(HostCall.Listen, socket, backlog);

    /// <summary>Connects to who listens there.</summary>
    public static int Connect(int socket, ListenAddress address) => WithName(HostCall.Connect, socket, address);

    /// <summary>Waits for who connects.</summary>
    public static int Accept(int listener)
    {
        long accepted;
        do
            accepted = Kernel.Call(HostCall.Accept4, listener, 0, 0, CloseOnExec);
        while (accepted == Interrupted);
        return (int)accepted;
    }

    /// <summary>The port of a socket of the internet.</summary>
    public static int PortOf(int socket, out int port)
    {
        const int Room = 128;
        var name = stackalloc byte[Room];
        var length = Room;
        var result = (int)Kernel.Call(HostCall.Getsockname, socket, (nint)name, (nint)(&length));
        port = BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(name + 2, 2));
        return result;
    }

    /// <summary>Sends small packets at once.</summary>
    public static void SendAtOnce(int socket) => Set(socket, TcpLevel, NoDelayOption, 1);

    /// <summary>Gives up sending to somebody who does not read, after that many seconds.</summary>
    public static void LimitSending(int socket, long seconds)
    {
        var time = (seconds, 0L);
        Kernel.Call(HostCall.Setsockopt, socket, SocketLevel, SendTimeout, (nint)(&time), sizeof(long) * 2);
    }

    /// <summary>Gives up waiting for bytes, or for who connects, after that many seconds.</summary>
    public static void LimitReceiving(int socket, long seconds)
    {
        var time = (seconds, 0L);
        Kernel.Call(HostCall.Setsockopt, socket, SocketLevel, ReceiveTimeout, (nint)(&time), sizeof(long) * 2);
    }

    /// <summary>Sends all bytes; false if nobody reads them.</summary>
    public static bool Send(int socket, ReadOnlySpan<byte> source)
    {
        while (source.Length > 0)
        {
            long count;
            fixed (byte* start = source)
                count = Kernel.Call(HostCall.Sendto, socket, (nint)start, source.Length, NoSignal);
            if (count == Interrupted)
                continue;
            if (count <= 0)
                return false;
            source = source[(int)count..];
        }

        return true;
    }

    /// <summary>Takes what has come: a number of bytes, 0 at the end.</summary>
    public static int Receive(int socket, Span<byte> destination)
    {
        long count;
        do
            fixed (byte* start = destination)
                count = Kernel.Call(HostCall.Read, socket, (nint)start, destination.Length);
        while (count == Interrupted);
        return (int)count;
    }

    private static int WithName(HostCall call, int socket, ListenAddress address)
    {
        fixed (byte* name = address.SocketAddress)
            return (int)Kernel.Call(call, socket, (nint)name, address.SocketAddress.Length);
    }

    private static void Set(int socket, int level, int option, int value) =>
        Kernel.Call(HostCall.Setsockopt, socket, level, option, (nint)(&value), sizeof(int));
}
