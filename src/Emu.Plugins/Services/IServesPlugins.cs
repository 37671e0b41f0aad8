namespace Emu.Plugins;

/// <summary>What a plugin that provides a service implements, if it keeps something of those that use it.</summary>
public interface IServesPlugins
{
    /// <summary>A plugin that has asked for one of its services is being uninstalled: nothing of it may be called any more. Every vCPU is stopped.</summary>
    /// <param name="user">That plugin.</param>
    void EndService(Plugin user);
}
