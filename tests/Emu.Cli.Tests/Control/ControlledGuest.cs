using System.Net.Sockets;
using System.Text;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Control;

/// <summary>An emulator with a guest that runs until it is told to end, and that takes commands.</summary>
internal sealed class ControlledGuest : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly ChildProcess _emulator;

    /// <summary>Starts it, and returns when it takes commands.</summary>
    public ControlledGuest(params IEnumerable<string> options)
    {
        _emulator = new ChildProcess(Launch.Emu(["--control", Socket, .. options, "bin/spin"]));
        AwaitListening();
    }

    /// <summary>The path of its socket.</summary>
    public string Socket => _folder.File("socket");

    /// <summary>Has a client give it a command.</summary>
    public Outcome Command(params IEnumerable<string> words) => Launch.Emu(["--ctl", Socket, .. words]).Run();

    /// <summary>Has it do a command, and returns what the client printed.</summary>
    /// <exception cref="InvalidOperationException">It refused.</exception>
    public string Do(params IEnumerable<string> words)
    {
        var outcome = Command(words);
        return outcome is { Status: 0, ErrorText: "" } ? outcome.OutputText : throw new InvalidOperationException($"'{string.Join(' ', words)}': status {outcome.Status}, {outcome.ErrorText}");
    }

    /// <summary>Connects to it without the emulator's client.</summary>
    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 60_000, SendTimeout = 60_000 };
        socket.Connect(new UnixDomainSocketEndPoint(Socket));
        return socket;
    }

    /// <summary>Sends bytes by such a connection, and returns the line that comes back; empty if the connection ends instead.</summary>
    public static string Ask(Socket socket, string text)
    {
        var (line, part) = (new StringBuilder(), new byte[4096]);
        try
        {
            socket.Send(Encoding.UTF8.GetBytes(text));
            while (!line.ToString().EndsWith('\n') && socket.Receive(part) is > 0 and var count)
                line.Append(Encoding.UTF8.GetString(part, 0, count));
        }
        catch (SocketException)
        {
            // It hung up before it had read everything.
        }

        return line.ToString();
    }

    /// <summary>Sends the emulator a signal.</summary>
    public void Send(int signal) => _emulator.Send(signal);

    /// <summary>Waits for its end.</summary>
    public Outcome WaitForEnd() => _emulator.WaitForEnd();

    public void Dispose()
    {
        _emulator.Dispose();
        _folder.Dispose();
    }

    private void AwaitListening()
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromMinutes(1);
        while (Command("list").Status != 0)
        {
            if (DateTime.UtcNow > deadline)
                throw new TimeoutException("the emulator does not take commands");
            Thread.Sleep(10);
        }
    }
}
