using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Linux.Signals;

/// <summary>
/// What a process does on signals, and what happens when one is raised for it. A signal that the guest ignores is ignored by the host process too, where the
/// runtime does not need it; handlers of the guest are kept but not called.
/// </summary>
internal sealed class SignalTable
{
    private readonly Lock _gate = new();
    private readonly SignalAction[] _actions = new SignalAction[SignalFacts.Max + 1];
    private readonly LinuxProcess _process;

    public SignalTable(LinuxProcess process)
    {
        _process = process;
        for (var number = 1; number <= SignalFacts.Max; number++)
            if (HostSignals.IsShared((Signal)number) && HostSignals.IsIgnored((Signal)number))
                _actions[number].Handler = SignalAction.Ignore;
    }

    /// <summary>The action of a valid signal.</summary>
    public SignalAction this[Signal signal]
    {
        get
        {
            lock (_gate)
                return _actions[(int)signal];
        }

        set
        {
            lock (_gate)
                _actions[(int)signal] = value;
            if (HostSignals.IsShared(signal))
                HostSignals.Set(signal, ignore: value.Handler == SignalAction.Ignore);
        }
    }

    /// <summary>A signal that the process or one of its threads sent to this thread.</summary>
    public void Raise(LinuxThread thread, Signal signal)
    {
        var action = this[signal];
        if ((thread.SignalMask & SignalFacts.Bit(signal)) != 0 && !SignalFacts.IsAbsolute(signal))
            thread.PendingSignals |= SignalFacts.Bit(signal);
        else if (action.IsHandler && !SignalFacts.IsAbsolute(signal))
            _process.Unimplemented.Say($"handler of {Describe(signal)} was not called: signals are not delivered to guests");
        else if (action.Handler == SignalAction.Default || SignalFacts.IsAbsolute(signal))
            DoDefault(signal);
    }

    /// <summary>A signal for what the thread itself did wrong: it cannot be blocked or ignored (signal(7)).</summary>
    public void Force(Signal signal)
    {
        if (this[signal].IsHandler)
            _process.Unimplemented.Say($"handler of {Describe(signal)} was not called: signals are not delivered to guests");
        _process.Trace?.Write($"+++ killed by {signal} +++");
        _process.End(new GuestExit(0, (int)signal));
    }

    /// <summary>Raises what was pending and is no longer blocked.</summary>
    public void RaiseUnblocked(LinuxThread thread)
    {
        var ready = thread.PendingSignals & ~thread.SignalMask;
        thread.PendingSignals &= ~ready;
        for (var number = 1; ready != 0; number++, ready >>= 1)
            if ((ready & 1) != 0)
                Raise(thread, (Signal)number);
    }

    private void DoDefault(Signal signal)
    {
        switch (SignalFacts.DefaultOf(signal))
        {
            case DefaultAction.Terminate:
                _process.Trace?.Write($"+++ killed by {Describe(signal)} +++");
                _process.End(new GuestExit(0, (int)signal));
                break;
            case DefaultAction.Stop:
                HostSignals.StopThisProcess();
                break;
        }
    }

    private static string Describe(Signal signal) => Enum.GetName(signal) ?? $"signal {(int)signal}";
}
