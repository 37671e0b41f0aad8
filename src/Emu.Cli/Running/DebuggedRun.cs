using Emu.Cli.Output;
using Emu.Engine;
using Emu.Engine.Debugging;
using Emu.Gdb.Session;
using Emu.Linux.Debugging;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Cli.Running;

/// <summary>The debugger of a run: waits for it before the guest starts, serves it on a thread of its own, tells it of the guest's end.</summary>
internal sealed class DebuggedRun
{
    private readonly DebugSocket _socket;
    private readonly Machine _machine;
    private readonly LinuxProcess _process;
    private GdbSession? _session;

    private DebuggedRun(DebugSocket socket, Machine machine, LinuxProcess process) => (_socket, _machine, _process) = (socket, machine, process);

    /// <summary>Waits until a debugger has connected. The vCPUs that the machine gets from now on are held for it.</summary>
    /// <exception cref="EmuFailure">Nobody can connect there.</exception>
    public static DebuggedRun Await(ListenAddress address, Machine machine, LinuxProcess process)
    {
        try
        {
            var socket = new DebugSocket(address);
            if (socket.HasChosenPort)
                DescriptorWriter.StandardError.WriteLine($"emu: waiting for a debugger on port {socket.Port}");
            socket.Accept();
            machine.Debugger = new Debugger(machine);
            return new DebuggedRun(socket, machine, process);
        }
        catch (IOException error)
        {
            throw new EmuFailure(ExitCodes.Failed, error.Message);
        }
    }

    /// <summary>Begins to serve the debugger. Once the main thread is there.</summary>
    public void Start()
    {
        _session = new GdbSession(_machine, new LinuxDebugTarget(_process), _socket);
        ServiceThread.Start(_session.Run);
    }

    /// <summary>The guest has ended.</summary>
    public void TellEnd(GuestExit exit) => _session?.TellEnd(exit.Code, exit.Signal);

    /// <summary>In a forked child, which is not debugged.</summary>
    public void LeaveToParent()
    {
        _session = null;
        _socket.Dispose();
    }
}
