using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Asks for nothing: shows what translating for plugins costs, and is the place to start a new plugin from.</summary>
[EmuPlugin("empty", "Is shown every block and asks for nothing")]
public sealed partial class Empty : Plugin, IOnTranslate
{
    public static PluginTopic Topic => PluginTopic.Platform;

    public static string Example => "-p empty PROGRAM";

    public void OnTranslate(TranslationBlock block)
    {
    }
}
