namespace Emu.Engine.Instrumentation;

/// <summary>Where a plugin is in its life.</summary>
public enum PluginState
{
    /// <summary>Its <see cref="Emu.Plugins.Plugin.Install"/> runs.</summary>
    Installing,
    /// <summary>It gets what it is subscribed to.</summary>
    Active,
    /// <summary>It is to be removed: callbacks may still come.</summary>
    Uninstalling,
    /// <summary>It is gone and its id is dead.</summary>
    Uninstalled,
}
