using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Resets itself at the first block that is executed, uninstalls itself at the first one after that, and logs what becomes of it.</summary>
[EmuPlugin("reset", "Resets and uninstalls itself while the guest runs, and says so")]
public sealed partial class Reset : Plugin, IOnTranslate, IOnExit
{
    public static PluginTopic Topic => PluginTopic.Platform;

    public static string Example => "-p reset PROGRAM";

    private int _resets;
    private int _uninstalls;
    private volatile bool _wasReset;

    public override void Install(in GuestInfo guest)
    {
    }

    public void OnTranslate(TranslationBlock block)
    {
        if (_wasReset)
            block.OnExecute<Callbacks.ExecutedAfter>();
        else
            block.OnExecute<Callbacks.ExecutedBefore>();
    }

    // Several vCPUs may come here, and one more than once, before what was asked for is done.
    [ExecCallback]
    private void ExecutedBefore(in VCpu vcpu, nint userData)
    {
        if (Interlocked.Increment(ref _resets) == 1)
            Host.Reset(WasReset);
    }

    [ExecCallback]
    private void ExecutedAfter(in VCpu vcpu, nint userData)
    {
        if (Interlocked.Increment(ref _uninstalls) == 1)
            Host.Uninstall(() => Host.Log("uninstall done"));
    }

    private void WasReset()
    {
        Host.Log("reset done");
        _wasReset = true;
        Host.Subscribe(PluginEvents.Translate);
    }

    /// <summary>Comes only if the guest ended before there was anything to reset.</summary>
    public void OnExit(ReportWriter report) => report.Line("exit", $"plugin exit");
}
