using Emu.Cli.CommandLine;
using Emu.Cli.Output;
using Emu.Engine.Instrumentation;
using Emu.Linux.Control;
using Emu.Linux.Host;

namespace Emu.Cli.Control;

/// <summary>The clients of a run that somebody controls: serves them on a thread of its own until the guest ends.</summary>
internal sealed class ControlledRun
{
    private readonly ControlSocket _socket;

    private ControlledRun(ControlSocket socket) => _socket = socket;

    /// <summary>Opens the socket. Nobody is served before <see cref="Start"/>, but all may come.</summary>
    /// <exception cref="EmuFailure">It cannot be opened there.</exception>
    public static ControlledRun Open(ListenAddress address)
    {
        try
        {
            return new ControlledRun(new ControlSocket(address));
        }
        catch (IOException error)
        {
            throw new EmuFailure(ExitCodes.Failed, error.Message);
        }
    }

    /// <summary>Begins to serve clients. Once the main thread is there.</summary>
    public void Start(ControlCommands commands) => ServiceThread.Start(() => _socket.Serve(commands.Answer));

    /// <summary>The guest has ended or is replaced by another program.</summary>
    public void End() => _socket.Close();

    /// <summary>In a forked child, which nobody controls.</summary>
    public void LeaveToParent() => _socket.Abandon();
}
