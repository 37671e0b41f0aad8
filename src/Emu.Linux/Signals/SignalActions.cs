using Emu.Linux.Host;

namespace Emu.Linux.Signals;

/// <summary>
/// What a process does on signals. A guest that has its host process for itself leaves to the host's kernel all that the kernel can do for it: ignoring, stopping, ending;
/// what was ignored when the emulator was started is ignored by the guest. Caught are signals with a handler, and those whose default action must not be the host's. Thread-safe.
/// </summary>
internal sealed class SignalActions
{
    private readonly Lock _gate = new();
    private readonly bool _ownsHost;
    private SignalAction[] _actions = new SignalAction[SignalFacts.Max + 1];
    private ulong _caught;
    private bool _outlives;

    /// <param name="ownsHost">The host process is there for this guest alone.</param>
    /// <param name="ignoresBrokenPipes">SIGPIPE is ignored; the runtime has changed it, so the host cannot be asked.</param>
    public SignalActions(bool ownsHost, bool ignoresBrokenPipes)
    {
        _ownsHost = ownsHost;
        for (var signal = (Signal)1; (int)signal <= SignalFacts.Max; signal++)
        {
            if (signal == Signal.SIGPIPE ? ignoresBrokenPipes : (ownsHost || HostSignals.IsShared(signal)) && HostSignals.IsIgnored(signal))
                _actions[(int)signal].Handler = SignalAction.Ignore;
            else if (ownsHost && IsCaught(signal, default))
                Apply(signal, default);
        }
    }

    /// <summary>True if nothing would happen on the signal.</summary>
    public bool IsIgnored(Signal signal)
    {
        var handler = this[signal].Handler;
        return handler == SignalAction.Ignore || (handler == SignalAction.Default && SignalFacts.DefaultOf(signal) == DefaultAction.Ignore);
    }

    /// <summary>The signals by which users and tools end a program are caught from now on, so that something can be done before the end.</summary>
    public void Outlive()
    {
        _outlives = true;
        for (var signal = (Signal)1; (int)signal <= SignalFacts.Max; signal++)
            if (this[signal].Handler == SignalAction.Default && IsCaught(signal, default))
                Apply(signal, default);
    }

    /// <summary>Takes all handlers away, as execve(2) does; what is ignored stays ignored.</summary>
    public void Reset()
    {
        for (var signal = (Signal)1; (int)signal <= SignalFacts.Max; signal++)
            if (this[signal].IsHandler)
                this[signal] = default;
    }

    /// <summary>A copy of all actions, for <see cref="Restore"/>.</summary>
    public SignalAction[] Copy()
    {
        lock (_gate)
            return [.. _actions];
    }

    /// <summary>Goes back to what <see cref="Copy"/> gave; the host's actions have not changed.</summary>
    public void Restore(SignalAction[] actions)
    {
        lock (_gate)
            _actions = actions;
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
            Apply(signal, value);
        }
    }

    private void Apply(Signal signal, in SignalAction action)
    {
        if (IsCaught(signal, action))
        {
            HostSignals.Catch(signal, action.Flags);
            _caught |= SignalFacts.Bit(signal);
        }
        else if (_ownsHost || (HostSignals.IsShared(signal) && (_caught & SignalFacts.Bit(signal)) == 0))
            HostSignals.Set(signal, action.Handler == SignalAction.Ignore, action.Flags);
    }

    private bool IsCaught(Signal signal, in SignalAction action) => !SignalFacts.IsAbsolute(signal)
        && (action.IsHandler || (_ownsHost && ((SignalFacts.AlwaysOpen & SignalFacts.Bit(signal)) != 0
            || (action.Handler == SignalAction.Default && IsTold(signal)))));

    /// <summary>
    /// True for default actions that are not the kernel's: ends with a core file, which would be the emulator's; broken pipes, as the emulator writes too; and ends
    /// that are outlived.
    /// </summary>
    private bool IsTold(Signal signal) => signal == Signal.SIGPIPE || SignalFacts.DefaultOf(signal) switch
    {
        DefaultAction.DumpCore => true,
        DefaultAction.Terminate => _outlives,
        _ => false,
    };
}
