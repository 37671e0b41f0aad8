using Emu.Engine.Contracts;
using Emu.Engine.Instrumentation.Lifecycle;
using Emu.Engine.Instrumentation.Outputs;
using Emu.Plugins;

namespace Emu.Replay;

/// <summary>What a replay needs from whoever starts it.</summary>
public sealed record ReplayOptions
{
    /// <summary>Makes the guest architecture of a name, which explains instructions; null for a name that it does not know.</summary>
    public required Func<string, IGuest?> Guest { get; init; }

    /// <summary>Takes lines of plugins and messages about them.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>Sends on what the log keeps back; null if it keeps nothing back.</summary>
    public Action? LogFlushed { get; init; }

    /// <summary>Opens a file for a plugin, by its name and the file's; throws <see cref="PluginInstallException"/> if it cannot be written.</summary>
    public Func<string, string, IOutputFile> OpenFile { get; init; } = static (_, _) => throw new PluginInstallException("no files can be written here");

    /// <summary>Told of each plugin that has thrown; null to have a line in the log.</summary>
    public Action<PluginFailure>? Failed { get; init; }

    /// <summary>Told, by a plugin's name and with its message, that the plugin ends the replay.</summary>
    public Action<string, string> Stopped { get; init; } = static (_, _) => { };
}
