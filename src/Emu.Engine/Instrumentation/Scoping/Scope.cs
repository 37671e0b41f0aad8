using Emu.Engine.Contracts;
using Emu.Engine.Instrumentation.Blocks;
using Emu.Engine.Instrumentation.CommandLine;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Engine.Instrumentation.Scoping;

/// <summary>
/// Which instructions one plugin is shown (E3): those that each given option includes, by one of its values. Decided when code is translated, so that what is outside of it costs nothing when
/// it runs. Thread-safe.
/// </summary>
internal sealed class Scope
{
    private readonly AddressRange[] _ranges;
    private readonly NamedPlaces? _places;
    private readonly HashSet<string> _classes;
    private readonly Patterns _mnemonics;

    private Scope(AddressRange[] ranges, NamedPlaces? places, string[] classes, Patterns mnemonics) => (_ranges, _places, _classes, _mnemonics) = (ranges, places, [.. classes], mnemonics);

    /// <summary>The scope that the options give a plugin, or null if they do not limit it.</summary>
    /// <exception cref="PluginOptionException">A value cannot be one.</exception>
    public static Scope? Of(PluginDescriptor plugin, OptionValues options, IGuest guest)
    {
        var common = ScopeOptions.Of(plugin).AsValueEnumerable().Select(static option => option.Name).Where(static name => !ScopeOptions.IsWindow(name)).ToArray();
        if (!options.Names.AsValueEnumerable().Any(name => Array.IndexOf(common, name) >= 0))
            return null;
        string[] Texts(string name) => Array.IndexOf(common, name) < 0 ? [] : options.TextList(name, []);
        var (modules, symbols) = (new Patterns(Texts(ScopeOptions.Module)), new Patterns(Texts(ScopeOptions.Symbol)));
        return new Scope(
            Array.IndexOf(common, ScopeOptions.Range) < 0 ? [] : options.RangeList(ScopeOptions.Range, []),
            modules.IsEmpty && symbols.IsEmpty ? null : new NamedPlaces(modules, symbols),
            ClassesOf(plugin, Texts(ScopeOptions.Class), guest),
            MnemonicsOf(plugin, Texts(ScopeOptions.Mnemonic), guest));
    }

    /// <summary>True if the plugin is shown the instruction with that number in the block of the view.</summary>
    public bool Includes(BlockView view, int place) =>
        IsInRange(view.AddressAt(place))
        && (_places is null || _places.Contain(view.AddressAt(place), view.Symbols))
        && ((_classes.Count == 0 && _mnemonics.IsEmpty) || IsOfKind(view.DescribeAt(place)));

    /// <summary>A line for each name that nothing was found for.</summary>
    public IEnumerable<string> Missing(ISymbolSource? source) => _places?.Missing(source) ?? [];

    private bool IsInRange(ulong address) => _ranges.Length == 0 || Array.Exists(_ranges, range => range.Contains(address));

    private bool IsOfKind(in InstructionDescription instruction) =>
        (_classes.Count == 0 || _classes.Contains(instruction.Class)) && (_mnemonics.IsEmpty || _mnemonics.Match(instruction.Opcode));

    private static string[] ClassesOf(PluginDescriptor plugin, string[] names, IGuest guest)
    {
        var known = guest.Classes.AsValueEnumerable().Select(static each => each.Name).ToArray();
        foreach (var name in names)
            if (Array.IndexOf(known, name) < 0)
                throw Refused(plugin, ScopeOptions.Class, name, known, string.Join(", ", known));
        return names;
    }

    private static Patterns MnemonicsOf(PluginDescriptor plugin, string[] texts, IGuest guest)
    {
        foreach (var text in texts)
        {
            var pattern = new Patterns([text]);
            if (!guest.Mnemonics.AsValueEnumerable().Any(pattern.Match))
                throw Refused(plugin, ScopeOptions.Mnemonic, text, guest.Mnemonics, "names of instructions in their manual, with * and ?");
        }

        return new Patterns(texts);
    }

    private static PluginOptionException Refused(PluginDescriptor plugin, string option, string value, IReadOnlyList<string> known, string allowed) =>
        new($"plugin '{plugin.Name}': option '{option}' does not take '{value}'{NearestName.Hint(value, known)}; allowed: {allowed}");
}
