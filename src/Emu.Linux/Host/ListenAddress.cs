using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Emu.Linux.Host;

/// <summary>Where others connect: <c>[HOST:]PORT</c> or the path of a socket. As the kernel's <c>struct sockaddr</c>.</summary>
public sealed record ListenAddress
{
    private const int UnixFamily = 1;
    private const int Internet4Family = 2;
    private const int Internet6Family = 10;
    private const int LongestPath = 107; // of sun_path, without its zero

    private ListenAddress(string text, byte[] socketAddress) => (Text, SocketAddress) = (text, socketAddress);

    /// <summary>As it was given.</summary>
    public string Text { get; }

    internal byte[] SocketAddress { get; }

    internal int Family => SocketAddress[0];

    internal bool IsPath => Family == UnixFamily;

    /// <summary>The path of the socket, if it is one.</summary>
    internal ReadOnlySpan<byte> Path => SocketAddress.AsSpan(2);

    /// <summary>True if any free port will do.</summary>
    internal bool HasAnyPort => !IsPath && SocketAddress[2] == 0 && SocketAddress[3] == 0;

    /// <summary>Reads an address. A number is a port of this machine alone; a host is an address or <c>localhost</c>, names are not looked up.</summary>
    public static bool TryParse(string text, out ListenAddress address, out string error)
    {
        (address, error) = (null!, "");
        var colon = text.LastIndexOf(':');
        var (host, port) = colon < 0 ? ("localhost", text) : (text[..colon], text[(colon + 1)..]);
        if (text.Length == 0)
            error = "it is empty; write [HOST:]PORT or the path of a socket";
        else if (text.Contains('/') || (colon < 0 && !IsDigits(text)))
            return TryPath(text, out address, out error);
        else if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            error = $"'{port}' is no port; write a number from 0 to 65535";
        else if (!TryHost(host, out var ip))
            error = $"'{host}' is no address; write one such as 127.0.0.1 or [::1], names are not looked up";
        else
            address = new ListenAddress(text, Internet(ip, number));
        return error.Length == 0;
    }

    /// <summary>Reads the path of a socket, whatever it looks like.</summary>
    public static bool TryPath(string text, out ListenAddress address, out string error)
    {
        var path = RawText.Encode(text);
        error = path.Length == 0 ? "it is empty; write the path of a socket" : path.Length > LongestPath ? $"the path is longer than {LongestPath} bytes" : "";
        address = new ListenAddress(text, [UnixFamily, 0, .. path, 0]);
        return error.Length == 0;
    }

    private static bool TryHost(string host, out IPAddress address)
    {
        if (host is "localhost" or "")
        {
            address = host.Length == 0 ? IPAddress.Any : IPAddress.Loopback;
            return true;
        }

        return IPAddress.TryParse(host, out address!);
    }

    private static byte[] Internet(IPAddress address, ushort port)
    {
        byte[] start = [(byte)(address.AddressFamily == AddressFamily.InterNetwork ? Internet4Family : Internet6Family), 0, (byte)(port >> 8), (byte)port];
        return address.AddressFamily == AddressFamily.InterNetwork
            ? [.. start, .. address.GetAddressBytes(), .. new byte[8]]
            : [.. start, 0, 0, 0, 0, .. address.GetAddressBytes(), 0, 0, 0, 0];
    }

    private static bool IsDigits(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
