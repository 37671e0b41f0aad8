using System.Text;
using Emu.Engine;
using Emu.Engine.Debugging;
using Emu.Gdb.Packets;

namespace Emu.Gdb.Session;

/// <summary>
/// One debugger that is connected, from its first byte to its end: reads its packets, answers them, tells of stops. GDB's remote serial protocol in its all-stop mode.
/// </summary>
/// <param name="machine">The machine, with a <see cref="Debugger"/>; its vCPUs are held.</param>
/// <param name="target">The program that it runs.</param>
/// <param name="connection">The debugger.</param>
public sealed partial class GdbSession(Machine machine, IDebugTarget target, IDebugConnection connection)
{
    private const string Ok = "OK";
    private const string Unknown = "";
    private const string Invalid = "E16";    // EINVAL, in hexadecimal
    private const string BadAddress = "E0e"; // EFAULT
    private const string NoThread = "E03";   // ESRCH

    private readonly Debugger _debugger = machine.Debugger ?? throw new ArgumentException("the machine has no debugger", nameof(machine));
    private readonly PacketReader _reader = new();

    /// <summary>Guards the sending, and whether GDB waits for a stop: the guest's end comes from another thread.</summary>
    private readonly Lock _sending = new();
    private byte[] _last = [];
    private bool _acknowledges = true;
    private bool _isRunning;
    private volatile bool _hasEnded;

    /// <summary>Serves the debugger until it or the guest goes. On a thread of its own; the guest runs on when it has gone.</summary>
    public void Run()
    {
        _debugger.Notified = connection.Wake;
        var buffer = new byte[4096];
        while (!_hasEnded)
        {
            var count = connection.Receive(buffer);
            if (count == 0)
                break;
            for (var i = 0; i < count && !_hasEnded; i++)
                Take(_reader.Push(buffer[i]));
            if (_isRunning)
                LookForStops();
        }

        _hasEnded = true;
        _debugger.StopAll();
        _debugger.Leave();
        connection.Dispose();
    }

    /// <summary>The guest has ended: the debugger is told. On any thread but that of <see cref="Run"/>.</summary>
    /// <param name="code">The exit code.</param>
    /// <param name="signal">The signal that killed it, or 0.</param>
    public void TellEnd(int code, int signal)
    {
        lock (_sending)
        {
            if (_hasEnded || !_isRunning)
                return;
            var process = _hasProcesses ? $";process:{target.ProcessId:x}" : "";
            connection.Send(PacketWriter.Encode(signal == 0 ? $"W{code & 0xff:x2}{process}" : $"X{GdbSignals.Of(signal):x2}{process}"));
            _hasEnded = true;
        }
    }

    private void Take(Received received)
    {
        switch (received)
        {
            case Received.Packet:
                if (_acknowledges)
                    connection.Send("+"u8);
                if (Answer(Encoding.Latin1.GetString(_reader.Payload)) is { } answer)
                    Send(answer);
                break;
            case Received.Damaged when _acknowledges:
                connection.Send("-"u8);
                break;
            case Received.Again when _acknowledges:
                connection.Send(_last);
                break;
            case Received.Interrupt when _isRunning:
                Interrupt();
                break;
        }
    }

    private void Send(string payload)
    {
        lock (_sending)
            if (!_hasEnded)
                connection.Send(_last = PacketWriter.Encode(payload));
    }

    /// <summary>The answer to a packet; empty for what is not known, as the protocol wants it; null if there is none, or none yet.</summary>
    private string? Answer(string packet)
    {
        if (packet.Length == 0)
            return Unknown;
        var rest = packet[1..];
        return packet[0] switch
        {
            '?' => _stopReply ??= DescribeStop(null),
            'g' => ReadRegisters(),
            'G' => WriteRegisters(rest),
            'p' => ReadRegister(rest),
            'P' => WriteRegister(rest),
            'm' => ReadMemory(rest),
            'M' => WriteMemory(rest),
            'X' => WriteBinary(rest),
            'Z' => ChangePoint(rest, adds: true),
            'z' => ChangePoint(rest, adds: false),
            'H' => ChooseThread(rest),
            'T' => FindThread(rest) is null ? NoThread : Ok,
            'c' or 'C' or 's' or 'S' => ResumeOne(packet[0], rest),
            'D' => Detach(),
            'k' => Kill(),
            'q' => Query(packet),
            'Q' => Set(packet),
            'v' => Verbose(packet),
            _ => Unknown,
        };
    }

    private string? Verbose(string packet) =>
        packet.StartsWith("vCont?", StringComparison.Ordinal) ? "vCont;c;C;s;S;t;r" :
        packet.StartsWith("vCont;", StringComparison.Ordinal) ? Resume(packet["vCont;".Length..]) :
        packet.StartsWith("vKill", StringComparison.Ordinal) ? KillPolitely() :
        packet.StartsWith("vFile:", StringComparison.Ordinal) ? AnswerFile(packet["vFile:".Length..]) :
        Unknown;

    private string? Detach()
    {
        Send(Ok);
        _hasEnded = true;
        return null;
    }

    private string? Kill()
    {
        _hasEnded = true;
        target.Kill();
        return null;
    }

    private string? KillPolitely()
    {
        Send(Ok);
        return Kill();
    }
}
