namespace Emu.Plugins;

/// <summary>Thrown from <see cref="Plugin.Install"/> to refuse: the plugin is uninstalled whole and start-up ends with the message as its error.</summary>
/// <param name="message">What is wrong, as one line without the plugin's name, which is put before it.</param>
public sealed class PluginInstallException(string message) : Exception(message);
