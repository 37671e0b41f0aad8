namespace Emu.Linux.Signals;

/// <summary>
/// Signals that were raised for a thread and wait to be handled. A standard signal waits once, a real-time signal as often as it was raised. Thread-safe.
/// </summary>
internal sealed class PendingSignals
{
    private const Signal FirstRealTime = (Signal)32;
    private readonly Lock _gate = new();
    private readonly List<SignalInfo> _waiting = [];
    private ulong _bits;

    /// <summary>The signals that wait, bit 0 for signal 1.</summary>
    public ulong Bits => Volatile.Read(ref _bits);

    public void Add(in SignalInfo info)
    {
        lock (_gate)
        {
            if (info.Signal < FirstRealTime && (_bits & SignalFacts.Bit(info.Signal)) != 0)
                return;
            _waiting.Add(info);
            Volatile.Write(ref _bits, _bits | SignalFacts.Bit(info.Signal));
        }
    }

    /// <summary>All that wait, in order.</summary>
    public SignalInfo[] Copy()
    {
        lock (_gate)
            return [.. _waiting];
    }

    /// <summary>Forgets all that wait.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _waiting.Clear();
            Volatile.Write(ref _bits, 0);
        }
    }

    /// <summary>Takes the lowest signal that is not blocked (signal(7): lower numbers first), the oldest of its kind.</summary>
    public bool TryTake(ulong blocked, out SignalInfo info)
    {
        lock (_gate)
        {
            info = default;
            if ((_bits & ~blocked) == 0)
                return false;
            var number = (Signal)(ulong.TrailingZeroCount(_bits & ~blocked) + 1);
            var index = _waiting.FindIndex(item => item.Signal == number);
            info = _waiting[index];
            _waiting.RemoveAt(index);
            if (!_waiting.Exists(item => item.Signal == number))
                Volatile.Write(ref _bits, _bits & ~SignalFacts.Bit(number));
            return true;
        }
    }
}
