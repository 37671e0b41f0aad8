namespace Emu.Plugins.Tests.Machines;

/// <summary>What <see cref="Provider"/> provides.</summary>
public interface ITally
{
    /// <summary>Blocks entered so far.</summary>
    ulong Blocks { get; }
}

/// <summary>Counts blocks, for others.</summary>
[EmuPlugin("provider", "Counts blocks for others")]
[Provides<ITally>]
public sealed partial class Provider : Plugin, IOnTranslate, IOnExit, ITally, IServesPlugins
{
    private Scoreboard<ulong> _blocks = null!;

    /// <summary>The plugins whose service has ended.</summary>
    public List<Plugin> Ended { get; } = [];

    public void EndService(Plugin user) => Ended.Add(user);

    public ulong Blocks => _blocks.Entry().Sum();

    public override void Install(in GuestInfo guest) => _blocks = Host.NewScoreboard<ulong>();

    public void OnTranslate(TranslationBlock block) => block.OnExecute<Callbacks.Entered>();

    public void OnExit(ReportWriter report) => report.Line("provided", $"{Blocks} blocks");

    [ExecCallback]
    private void Entered(in VCpu vcpu, nint userData) => _blocks[vcpu]++;
}

/// <summary>Asks a service at each block, before which the provider has counted it.</summary>
[EmuPlugin("user", "Asks a service")]
[Needs<ITally>]
public sealed partial class User : Plugin, IOnTranslate
{
    private ITally _tally = null!;

    public new Host Host => base.Host;

    /// <summary>What the service said at each block.</summary>
    public List<ulong> Seen { get; } = [];

    /// <summary>Does not ask, neither when it is installed nor at a block.</summary>
    public bool IsContent { get; init; }

    /// <summary>Refuses to be installed.</summary>
    public bool Refuses { get; init; }

    public override void Install(in GuestInfo guest)
    {
        if (!IsContent)
            _tally = Host.Service<ITally>();
        if (Refuses)
            throw new PluginInstallException("it does not want to");
    }

    public void OnTranslate(TranslationBlock block)
    {
        if (!IsContent)
            block.OnExecute<Callbacks.Entered>();
    }

    [ExecCallback]
    private void Entered(in VCpu vcpu, nint userData) => Seen.Add(_tally.Blocks);
}
