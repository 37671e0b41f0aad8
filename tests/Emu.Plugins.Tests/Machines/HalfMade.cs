namespace Emu.Plugins.Tests.Machines;

/// <summary>Counts in what it may not have made: a body that can be told only if it has.</summary>
[EmuPlugin("half-made", "Counts in a scoreboard and a counter, if there are any")]
public sealed partial class HalfMade : Plugin, IOnTranslate
{
    private Scoreboard<ulong> _board = null!;
    private CounterList _counters = null!;

    /// <summary>Whether the scoreboard is made.</summary>
    public bool HasBoard { get; init; }

    /// <summary>Whether the counter is added.</summary>
    public bool HasCounter { get; init; }

    /// <summary>Whether the callback comes to them.</summary>
    public bool Counts { get; init; }

    /// <summary>What the scoreboard and the counter hold.</summary>
    public (ulong InBoard, ulong InCounter) Sums => (_board.Entry().Sum(), _counters.Sum(0));

    public override void Install(in GuestInfo guest)
    {
        if (HasBoard)
            _board = Host.NewScoreboard<ulong>();
        _counters = Host.NewCounters();
        if (HasCounter)
            _counters.Add();
    }

    public void OnTranslate(TranslationBlock block) => block.OnExecute<Callbacks.Entered>();

    /// <summary>Gives the scoreboard back.</summary>
    public void DisposeBoard() => _board.Dispose();

    [ExecCallback]
    private void Entered(in VCpu vcpu, nint userData)
    {
        if (!Counts)
            return;
        _board[vcpu]++;
        _counters.Increment(vcpu, 0);
    }
}
