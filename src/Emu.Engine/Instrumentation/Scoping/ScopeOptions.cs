using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Engine.Instrumentation.Scoping;

/// <summary>The options that say which instructions a plugin is shown. Every plugin has them that is shown instructions; an option of its own with the same name wins.</summary>
internal static class ScopeOptions
{
    public const string Range = "range";
    public const string Symbol = "symbol";
    public const string Module = "module";
    public const string Class = "class";
    public const string Mnemonic = "mnemonic";

    private static readonly OptionDescriptor[] All =
    [
        new(Range, "Instructions at these addresses", OptionKind.Range, [], "") { IsList = true },
        new(Symbol, "Instructions of functions whose names match this pattern with * and ?", OptionKind.TextList, [], ""),
        new(Module, "Instructions of files whose names match this pattern; of paths, if there is a / in it", OptionKind.TextList, [], ""),
        new(Class, "Instructions of this class, such as load", OptionKind.TextList, [], ""),
        new(Mnemonic, "Instructions whose names in the manual match this pattern, such as amo*", OptionKind.TextList, [], ""),
    ];

    /// <summary>Those that the plugin can be given.</summary>
    public static OptionDescriptor[] Of(PluginDescriptor plugin) => (plugin.Events & PluginEvents.Translate) == 0
        ? []
        : Array.FindAll(All, option => !plugin.Options.AsValueEnumerable().Any(own => own.Name == option.Name));
}
