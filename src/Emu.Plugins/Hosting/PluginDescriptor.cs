namespace Emu.Plugins.Hosting;

/// <summary>A linked plugin: what the command line and the engine know of it before one exists.</summary>
public sealed class PluginDescriptor
{
    /// <summary>The name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>One line for the help.</summary>
    public required string Summary { get; init; }

    /// <summary>The events whose interfaces the plugin implements.</summary>
    public required PluginEvents Events { get; init; }

    /// <summary>The options, in the order of declaration.</summary>
    public required IReadOnlyList<OptionDescriptor> Options { get; init; }

    /// <summary>True if it has callbacks that change the guest, which the user must allow.</summary>
    public bool ChangesGuest { get; init; }

    /// <summary>The services that it provides, which are interfaces that its class implements.</summary>
    public Type[] Provides { get; init; } = [];

    /// <summary>The services of other plugins that it uses.</summary>
    public Type[] Needs { get; init; } = [];

    /// <summary>What this emulator's project gives the plugin as options before those of the command line, as written there behind the name; or nothing.</summary>
    public string DefaultOptions { get; init; } = "";

    /// <summary>What people ask that it answers.</summary>
    public PluginTopic Topic { get; init; } = PluginTopic.Other;

    /// <summary>What the help shows behind <c>emu</c> as an example; empty for none.</summary>
    public string Example { get; init; } = "";

    /// <summary>The same plugin with what its class and the emulator's project say of it.</summary>
    internal PluginDescriptor With(PluginTopic topic, string example, string defaultOptions) => new()
    {
        Name = Name, Summary = Summary, Topic = topic, Example = example, Events = Events, Options = Options, ChangesGuest = ChangesGuest, Provides = Provides, Needs = Needs, DefaultOptions = defaultOptions, Create = Create,
    };

    /// <summary>Makes a plugin with its options set.</summary>
    /// <exception cref="PluginOptionException">Thrown by the function for a value that an option does not take.</exception>
    public required Func<OptionValues, Plugin> Create { get; init; }
}
