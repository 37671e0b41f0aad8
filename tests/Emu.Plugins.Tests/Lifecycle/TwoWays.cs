namespace Emu.Plugins.Tests.Lifecycle;

/// <summary>Counts executed instructions with an inline operation and with a callback at the same points, so both must always agree.</summary>
[EmuPlugin("two-ways", "Counts instructions in two ways")]
public sealed partial class TwoWays : Plugin, IOnTranslate
{
    private Scoreboard<Pair> _pairs = null!;
    private ScoreboardEntry _inline;
    private ScoreboardEntry _callback;

    /// <summary>Both sums.</summary>
    public (ulong Inline, ulong Callback) Counts => (_inline.Sum(), _callback.Sum());

    public override void Install(in GuestInfo guest)
    {
        _pairs = Host.NewScoreboard<Pair>();
        _inline = _pairs.Entry(static (ref Pair pair) => ref pair.Inline);
        _callback = _pairs.Entry(static (ref Pair pair) => ref pair.Callback);
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
        {
            insn.AddOnExecute(_inline, 1);
            insn.OnExecute<Callbacks.Executed>();
        }
    }

    /// <summary>Subscribes or unsubscribes.</summary>
    public void Listen(bool on)
    {
        if (on)
            Host.Subscribe(PluginEvents.Translate);
        else
            Host.Unsubscribe(PluginEvents.Translate);
    }

    /// <summary>Resets and subscribes anew.</summary>
    public void Restart(Action done) => Host.Reset(() =>
    {
        Host.Subscribe(PluginEvents.Translate);
        done();
    });

    /// <summary>Uninstalls and hands over the counts.</summary>
    public void Leave(Action<(ulong Inline, ulong Callback)> done) => Host.Uninstall(() => done(Counts));

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint userData) => _pairs[vcpu].Callback++;

    private struct Pair
    {
        public ulong Inline;
        public ulong Callback;
    }
}
