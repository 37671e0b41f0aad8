using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Engine.Instrumentation.Scoping;

/// <summary>The options that say which instructions a plugin is shown, and when it is told of them. Every plugin has them that is shown instructions; an option of its own with the same name wins.</summary>
internal static class ScopeOptions
{
    public const string Range = "range";
    public const string Symbol = "symbol";
    public const string Module = "module";
    public const string Class = "class";
    public const string Mnemonic = "mnemonic";

    public const string Skip = "skip";
    public const string Count = "count";
    public const string Every = "every";
    public const string Thread = "thread";
    public const string Start = "start";
    public const string Stop = "stop";

    private static readonly string[] Windows = [Skip, Count, Every, Thread, Start, Stop];

    private static readonly OptionDescriptor[] All =
    [
        new(Range, "Instructions at these addresses", OptionKind.Range, [], "") { IsList = true },
        new(Symbol, "Instructions of functions whose names match this pattern with * and ?", OptionKind.TextList, [], ""),
        new(Module, "Instructions of files whose names match this pattern; of paths, if there is a / in it", OptionKind.TextList, [], ""),
        new(Class, "Instructions of this class, such as load", OptionKind.TextList, [], ""),
        new(Mnemonic, "Instructions whose names in the manual match this pattern, such as amo*", OptionKind.TextList, [], ""),
        new(Skip, "Leave out so many of these instructions first, on each thread", OptionKind.Number, [], "0"),
        new(Count, "Look at so many of them, on each thread, and then at none", OptionKind.Number, [], ""),
        new(Every, "Look at every so many of them only, on each thread", OptionKind.Number, [], "1"),
        new(Thread, "Look at the thread with this number only; the first is 1", OptionKind.Number, [], "") { IsList = true },
        new(Start, "Look from here on: a function's name, an address with 0x, or hint for the guest's own mark", OptionKind.Text, [], ""),
        new(Stop, "Look until here: the same", OptionKind.Text, [], ""),
    ];

    /// <summary>True for options that say when, not where.</summary>
    public static bool IsWindow(string option) => Array.IndexOf(Windows, option) >= 0;

    /// <summary>Those that the plugin can be given.</summary>
    public static OptionDescriptor[] Of(PluginDescriptor plugin) => (plugin.Events & PluginEvents.Translate) == 0
        ? []
        : Array.FindAll(All, option => !plugin.Options.AsValueEnumerable().Any(own => own.Name == option.Name));
}
