using System.Text;
using Emu.Engine.Contracts;
using Emu.Engine.Debugging;
using Emu.Gdb.Packets;

namespace Emu.Gdb.Session;

// Registers, memory, breakpoints and watchpoints.
public sealed unsafe partial class GdbSession
{
    private const int MostRead = PacketReader.MaxPacket / 2 - 16;

    private readonly HashSet<(PointKind Kind, ulong Address, ulong Length)> _points = [];

    /// <summary>The numbers of the Z packets.</summary>
    private enum PointKind
    {
        Software,
        Hardware,
        Write,
        Read,
        Access,
    }

    /// <summary>A register's value; a thread in a system call is at the instruction that made it.</summary>
    private string Value(DebugThread thread, GuestRegister register)
    {
        var value = register.Read(thread.VCpu.VCpu.State);
        if (register == machine.Guest.Target.ProgramCounter)
            value -= thread.SyscallLength;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        return Hex.Of(bytes[..register.ToBytes(value, bytes)]);
    }

    private string ReadRegisters()
    {
        if (CurrentThread() is not { } thread)
            return NoThread;
        var text = new StringBuilder();
        foreach (var register in machine.Guest.Registers)
            text.Append(Value(thread, register));
        return text.ToString();
    }

    private string WriteRegisters(string digits)
    {
        if (!Hex.TryBytes(digits, out var bytes))
            return Invalid;
        if (CurrentThread() is not { } thread)
            return NoThread;
        if (!target.TryLeaveCall(thread))
            return Invalid;
        var at = 0;
        foreach (var register in machine.Guest.Registers)
        {
            if (at + register.Size > bytes.Length)
                break;
            register.Write(thread.VCpu.VCpu.State, register.FromBytes(bytes.AsSpan(at)));
            at += register.Size;
        }

        return Ok;
    }

    private string ReadRegister(string number)
    {
        if (FindRegister(number) is not { } register)
            return Invalid;
        return CurrentThread() is { } thread ? Value(thread, register) : NoThread;
    }

    private string WriteRegister(string text)
    {
        if (text.Split('=', 2) is not [var number, var digits] || FindRegister(number) is not { } register
            || !Hex.TryBytes(digits, out var bytes) || bytes.Length < register.Size || register.IsReadOnly)
            return Invalid;
        if (CurrentThread() is not { } thread)
            return NoThread;
        if (!target.TryLeaveCall(thread))
            return Invalid;
        register.Write(thread.VCpu.VCpu.State, register.FromBytes(bytes));
        return Ok;
    }

    private GuestRegister? FindRegister(string number)
    {
        if (Hex.TryNumber(number, out var wanted))
            foreach (var register in machine.Guest.Registers)
                if ((ulong)register.Number == wanted)
                    return register;
        return null;
    }

    private string ReadMemory(string text)
    {
        if (!Hex.TryPair(text, ',', out var address, out var length))
            return Invalid;
        var bytes = new byte[Math.Min(length, MostRead)];
        var count = target.ReadMemory(address, bytes);
        return count == 0 && length > 0 ? BadAddress : Hex.Of(bytes.AsSpan(0, count));
    }

    private string WriteMemory(string text)
    {
        var at = text.IndexOf(':');
        return at > 0 && Hex.TryPair(text.AsSpan(0, at), ',', out var address, out var length)
            && Hex.TryBytes(text[(at + 1)..], out var bytes) && (ulong)bytes.Length == length
            ? Write(address, bytes)
            : Invalid;
    }

    private string WriteBinary(string text)
    {
        var at = text.IndexOf(':');
        return at > 0 && Hex.TryPair(text.AsSpan(0, at), ',', out var address, out var length) && (ulong)(text.Length - at - 1) == length
            ? Write(address, Encoding.Latin1.GetBytes(text, at + 1, text.Length - at - 1))
            : Invalid;
    }

    private string Write(ulong address, byte[] bytes) => target.TryWriteMemory(address, bytes) ? Ok : BadAddress;

    /// <summary>Sets or removes a point: <c>type,address,kind</c>. What is there already is set once.</summary>
    private string ChangePoint(string text, bool adds)
    {
        if (text.Length < 3 || text[1] != ',' || !Hex.TryPair(text.AsSpan(2, text.AsSpan(2).IndexOf(';') is var end and >= 0 ? end : text.Length - 2), ',', out var address, out var length))
            return Invalid;
        var kind = (PointKind)(text[0] - '0');
        if (!Enum.IsDefined(kind))
            return Unknown;
        var isBreakpoint = kind is PointKind.Software or PointKind.Hardware;
        // The length of a breakpoint is that of the instruction, which the translation knows better.
        var point = (kind, address, isBreakpoint ? 0 : length);
        if (!isBreakpoint && (length == 0 || length > ulong.MaxValue - address))
            return Invalid;
        if (adds ? !_points.Add(point) : !_points.Remove(point))
            return Ok;
        if (isBreakpoint)
            ChangeBreakpoint(address);
        else
            ChangeWatchpoint(new Watchpoint(address, length, KindsOf(kind)), adds);
        return Ok;
    }

    private void ChangeBreakpoint(ulong address)
    {
        if (_points.Contains((PointKind.Software, address, 0)) || _points.Contains((PointKind.Hardware, address, 0)))
            _debugger.AddBreakpoint(address);
        else
            _debugger.RemoveBreakpoint(address);
    }

    private void ChangeWatchpoint(in Watchpoint watchpoint, bool adds)
    {
        if (adds)
            _debugger.AddWatchpoint(watchpoint);
        else
            _debugger.RemoveWatchpoint(watchpoint);
    }

    private static WatchKinds KindsOf(PointKind kind) => kind switch
    {
        PointKind.Write => WatchKinds.Write,
        PointKind.Read => WatchKinds.Read,
        _ => WatchKinds.Read | WatchKinds.Write,
    };
}
