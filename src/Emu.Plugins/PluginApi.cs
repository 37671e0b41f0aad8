namespace Emu.Plugins;

/// <summary>
/// The version of this contract. A plugin's assembly carries the version that it was compiled against; an executable that links
/// a plugin from outside <see cref="MinVersion"/> to <see cref="Version"/> does not build, and the diagnostic names both.
/// </summary>
public static class PluginApi
{
    /// <summary>The version of this assembly; it grows by one with each addition.</summary>
    public const int Version = 3;

    /// <summary>The oldest version whose plugins still work; it grows with each incompatible change.</summary>
    public const int MinVersion = 3;
}
