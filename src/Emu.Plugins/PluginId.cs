namespace Emu.Plugins;

/// <summary>
/// Names one installed plugin to the engine. It is random, so it cannot be guessed, and never used again: what is asked for with the id of
/// an uninstalled plugin is refused.
/// </summary>
/// <param name="Value">The number; meaningless but for equality.</param>
public readonly record struct PluginId(Guid Value);
