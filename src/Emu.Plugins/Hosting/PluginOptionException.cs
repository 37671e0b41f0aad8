namespace Emu.Plugins.Hosting;

/// <summary>The plugins asked for cannot be had as they were written: an unknown plugin or option, a bad value. The message is one line that lists what is allowed.</summary>
/// <param name="message">The line.</param>
public sealed class PluginOptionException(string message) : Exception(message);
