namespace Emu.Linux.Signals;

/// <summary>Signals that were raised for a thread and wait to be handled. A standard signal waits once, a real-time signal as often as it was raised.</summary>
internal sealed class PendingSignals
{
    private const Signal FirstRealTime = (Signal)32;
    private readonly List<SignalInfo> _waiting = [];

    /// <summary>The signals that wait, bit 0 for signal 1.</summary>
    public ulong Bits { get; private set; }

    public void Add(in SignalInfo info)
    {
        if (info.Signal < FirstRealTime && (Bits & SignalFacts.Bit(info.Signal)) != 0)
            return;
        _waiting.Add(info);
        Bits |= SignalFacts.Bit(info.Signal);
    }

    /// <summary>Takes the lowest signal that is not blocked (signal(7): lower numbers first), the oldest of its kind.</summary>
    public bool TryTake(ulong blocked, out SignalInfo info)
    {
        info = default;
        if ((Bits & ~blocked) == 0)
            return false;
        var number = (Signal)(ulong.TrailingZeroCount(Bits & ~blocked) + 1);
        var index = _waiting.FindIndex(item => item.Signal == number);
        info = _waiting[index];
        _waiting.RemoveAt(index);
        if (!_waiting.Exists(item => item.Signal == number))
            Bits &= ~SignalFacts.Bit(number);
        return true;
    }
}
