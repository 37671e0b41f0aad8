using System.Net;
using System.Net.Sockets;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Debugger;

/// <summary>Where a debugger can connect, and what comes of it when nobody can or somebody does who is none.</summary>
public sealed class AddressTests
{
    [Test]
    [Arguments("")]
    [Arguments("host.name:1234")]
    [Arguments("127.0.0.1:99999")]
    [Arguments("127.0.0.1:port")]
    [Arguments("1.2.3.4.5:80")]
    [Arguments("100000")]
    [Arguments("/no/such/folder/socket")]
    [Arguments("192.0.2.1:1234")] // an address that no machine has (RFC 5737)
    public async Task An_impossible_address_is_one_line(string address)
    {
        var outcome = Launch.Emu("--gdb", address, "bin/hello").Run();
        await outcome.AssertRefused(125, $"'{address}'");
        await Assert.That(outcome.ErrorText).Contains("debugger").Or.Contains("--gdb");
    }

    [Test]
    public async Task A_path_that_is_too_long_is_one_line() =>
        await Launch.Emu("--gdb", "/tmp/" + new string('a', 200), "bin/hello").Run().AssertRefused(125, "longer than 107 bytes");

    [Test]
    public async Task A_port_that_is_taken_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await Launch.Emu("--gdb", Port(taken), "bin/hello").Run().AssertRefused(125, "Address already in use");
    }

    [Test]
    public async Task A_path_that_is_taken_is_one_line()
    {
        using var scratch = new ScratchFolder();
        var file = scratch.Executable("file", []);
        await Launch.Emu("--gdb", file, "bin/hello").Run().AssertRefused(125, "Address already in use");
    }

    /// <summary>Whoever connects and goes, or talks nonsense, leaves the guest running.</summary>
    [Test]
    [Arguments("")]
    [Arguments("GET / HTTP/1.0\r\n\r\n")]
    [Arguments("$vCont;c#a8")]
    [Arguments("+$g#00$$$##}}}\x03\x03$m0,ffffffffffffffff#00$X0,ffffffff:#00")]
    public async Task A_connection_that_ends_lets_the_guest_go(string bytes)
    {
        using var scratch = new ScratchFolder();
        using var guest = new ChildProcess(Launch.Emu("--gdb", scratch.File("socket"), "bin/hello"));
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await Connect(socket, new UnixDomainSocketEndPoint(scratch.File("socket")));
            socket.Send(System.Text.Encoding.Latin1.GetBytes(bytes));
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[4096];
            while (socket.Receive(buffer) > 0)
            {
            }
        }

        await guest.WaitForEnd().AssertCleanExit("hello, world\n");
        await Assert.That(scratch.Names).IsEmpty();
    }

    private static string Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Connects as soon as the emulator listens.</summary>
    private static async Task Connect(Socket socket, EndPoint where)
    {
        using var longest = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
            try
            {
                await socket.ConnectAsync(where, longest.Token);
                return;
            }
            catch (SocketException) when (!longest.IsCancellationRequested)
            {
                await Task.Yield();
            }
    }
}
