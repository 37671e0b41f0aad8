namespace Emu.Plugins.Testing;

/// <summary>A plugin has thrown in a test, or a test asks a report for what is not in it: one line that says which and what.</summary>
public sealed class PluginTestException(string message) : Exception(message);
