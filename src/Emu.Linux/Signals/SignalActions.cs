using Emu.Linux.Host;

namespace Emu.Linux.Signals;

/// <summary>
/// What a process does on signals. A signal that the guest ignores is ignored by the host process too, where the runtime does not need it, and one that
/// was ignored when the emulator was started is ignored by the guest. Thread-safe.
/// </summary>
internal sealed class SignalActions
{
    private readonly Lock _gate = new();
    private readonly SignalAction[] _actions = new SignalAction[SignalFacts.Max + 1];
    private ulong _handed;

    public SignalActions()
    {
        for (var number = 1; number <= SignalFacts.Max; number++)
            if (HostSignals.IsShared((Signal)number) && HostSignals.IsIgnored((Signal)number))
                _actions[number].Handler = SignalAction.Ignore;
    }

    /// <summary>True if nothing would happen on the signal.</summary>
    public bool IsIgnored(Signal signal)
    {
        var handler = this[signal].Handler;
        return handler == SignalAction.Ignore || (handler == SignalAction.Default && SignalFacts.DefaultOf(signal) == DefaultAction.Ignore);
    }

    /// <summary>The runtime catches the signal and hands it on; the host's kernel is no longer told what the guest wants.</summary>
    public void KeepCaught(Signal signal)
    {
        lock (_gate)
            _handed |= SignalFacts.Bit(signal);
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
            ulong before;
            lock (_gate)
            {
                before = _actions[(int)signal].Handler;
                _actions[(int)signal] = value;
            }

            // Once the guest has had a handler, the runtime catches the signal for good and hands it on, whatever is to be done then.
            _handed |= value.IsHandler ? SignalFacts.Bit(signal) : 0;
            if (HostSignals.IsShared(signal) && (_handed & SignalFacts.Bit(signal)) == 0
                && (before == SignalAction.Ignore) != (value.Handler == SignalAction.Ignore))
                HostSignals.Set(signal, ignore: value.Handler == SignalAction.Ignore);
        }
    }
}
