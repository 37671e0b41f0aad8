using System.Globalization;
using System.Text;
using Emu.Engine.Debugging;
using Emu.Gdb.Packets;

namespace Emu.Gdb.Session;

// Running and stopping.
public sealed partial class GdbSession
{
    private const int TrapSignal = 5;
    private const int InterruptSignal = 2;

    private string? _stopReply;

    /// <summary>Actions for threads, the first that fits counts: <c>vCont;action[:thread]…</c>.</summary>
    private string? Resume(string text)
    {
        var actions = new List<(RunAction Action, string Thread)>();
        foreach (var part in text.Split(';'))
        {
            var (action, thread) = part.Split(':', 2) is [var before, var behind] ? (before, behind) : (part, "");
            if (!TryAction(action, out var run))
                return Invalid;
            actions.Add((run, thread));
        }

        var threads = target.Threads;
        return Resume(vcpu =>
        {
            foreach (var (action, thread) in actions)
                if (thread.Length == 0 || Means(thread, IdOf(threads, vcpu)))
                    return action;
            return default;
        });
    }

    private static bool TryAction(string text, out RunAction action)
    {
        action = default;
        var rest = text.AsSpan(Math.Min(1, text.Length));
        var signal = 0UL;
        var (start, end) = (0UL, 0UL);
        var isGood = text.Length > 0 && text[0] switch
        {
            'c' or 's' or 't' => rest.Length == 0,
            'C' or 'S' => Hex.TryNumber(rest, out signal) && signal <= byte.MaxValue,
            'r' => Hex.TryPair(rest, ',', out start, out end),
            _ => false,
        };
        if (!isGood)
            return false;
        var mode = text[0] switch { 's' or 'S' => RunMode.Step, 'r' => RunMode.StepInRange, 't' => RunMode.Held, _ => RunMode.Continue };
        action = new RunAction(mode, GdbSignals.ToLinux((int)signal), start, end);
        return true;
    }

    /// <summary>The old form, for the chosen thread: <c>c</c>, <c>s</c>, <c>C sig</c>, <c>S sig</c>, each with an address to go on at.</summary>
    private string? ResumeOne(char kind, string text)
    {
        var hasSignal = kind is 'C' or 'S';
        var parts = hasSignal ? text.Split(';', 2) : ["", text];
        if (!TryAction(hasSignal ? kind + parts[0] : kind.ToString(), out var action))
            return Invalid;
        if (CurrentThread() is not { } thread)
            return NoThread;
        if (parts is [_, { Length: > 0 } address])
        {
            if (!Hex.TryNumber(address, out var pc))
                return Invalid;
            thread.VCpu.VCpu.Pc = pc;
        }

        return Resume(vcpu => vcpu == thread.VCpu ? action : kind is 's' or 'S' ? default : new RunAction(RunMode.Continue));
    }

    private string? Resume(Func<VCpuDebug, RunAction> actionOf)
    {
        lock (_sending)
            _isRunning = true;
        if (!_debugger.TryResume(actionOf))
            LookForStops();
        return null;
    }

    /// <summary>While the guest runs: if a thread has stopped, all are stopped and GDB is told.</summary>
    private void LookForStops()
    {
        if (_debugger.HasStops)
        {
            _debugger.StopAll();
            TellStop(_debugger.TakeStop());
        }
        else if (_debugger.NothingRuns)
        {
            if (!_hasNoResumed)
                return;
            _debugger.StopAll();
            SendStop("N");
        }
    }

    private void Interrupt()
    {
        _debugger.StopAll();
        var stop = _debugger.TakeStop();
        if (stop is null)
            _stopThread = CurrentThread()?.Id ?? 0;
        TellStop(stop, InterruptSignal);
    }

    private void TellStop(VCpuDebug? stopped, int signal = TrapSignal) => SendStop(_stopReply = DescribeStop(stopped, signal));

    private void SendStop(string reply)
    {
        lock (_sending)
        {
            if (_hasEnded)
                return;
            _isRunning = false;
            connection.Send(_last = PacketWriter.Encode(reply));
        }
    }

    /// <summary>A stop: signal, thread, reason, and the registers that GDB looks at first. Without a reason it is the chosen thread's.</summary>
    private string DescribeStop(VCpuDebug? stopped, int signal = TrapSignal)
    {
        var threads = target.Threads;
        if (stopped is not null)
            _stopThread = IdOf(threads, stopped);
        _generalThread = _stopThread;
        var text = new StringBuilder("T");
        var why = stopped?.Pending;
        text.Append(CultureInfo.InvariantCulture, $"{GdbSignals.Of(why is { Kind: StopKind.Signal } ? why.Value.Signal : signal):x2}");
        text.Append(ReasonOf(stopped));
        if (CurrentThread() is not { } thread)
            return text.ToString();
        text.Append(CultureInfo.InvariantCulture, $"thread:{Name(thread.Id)};");
        var description = machine.Guest.Target;
        foreach (var register in (ReadOnlySpan<Engine.Contracts.GuestRegister>)[description.ProgramCounter, description.StackPointer, description.FramePointer])
            text.Append(CultureInfo.InvariantCulture, $"{register.Number:x}:{Value(thread, register)};");
        return text.ToString();
    }

    private string ReasonOf(VCpuDebug? stopped)
    {
        switch (stopped?.Pending)
        {
            case { Kind: StopKind.Breakpoint }:
                var isHardware = !_points.Contains((PointKind.Software, stopped.VCpu.Pc, 0));
                return isHardware ? (_knowsHardware ? "hwbreak:;" : "") : _knowsSoftware ? "swbreak:;" : "";
            case { Kind: StopKind.Watchpoint, Watched: var hit }:
                var name = hit.Kinds switch { WatchKinds.Write => "watch", WatchKinds.Read => "rwatch", _ => "awatch" };
                return $"{name}:{hit.Address:x};";
            default:
                return "";
        }
    }
}
