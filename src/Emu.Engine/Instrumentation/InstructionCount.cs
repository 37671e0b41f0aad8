using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation;

/// <summary>Counts the executed guest instructions for <c>--stats</c>: a plugin of the emulator's own, which is there only when it is asked for.</summary>
public sealed class InstructionCount : Plugin, IOnTranslate
{
    private ScoreboardEntry _executed;

    /// <summary>Describes one that was not made yet.</summary>
    public static PluginDescriptor DescriptorOf(InstructionCount plugin) =>
        new() { Name = "stats", Summary = "Counts executed instructions", Events = PluginEvents.Translate, Options = [], Create = _ => plugin };

    /// <summary>Instructions of all threads so far.</summary>
    public ulong Executed => _executed.Sum();

    /// <inheritdoc/>
    public override void Install(in GuestInfo guest) => _executed = Host.NewScoreboard<ulong>().Entry();

    /// <inheritdoc/>
    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
            insn.AddOnExecute(_executed, 1);
    }
}
