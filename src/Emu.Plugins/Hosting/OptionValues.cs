using System.Numerics;

namespace Emu.Plugins.Hosting;

/// <summary>
/// The options of one plugin as they were given, and their meaning: generated code asks for each option with the type of its property. Later values replace
/// earlier ones, but for lists, which grow.
/// </summary>
/// <param name="plugin">The plugin's name, for messages.</param>
public sealed class OptionValues(string plugin)
{
    private const string SwitchWords = "on, yes, true, y, 1, off, no, false, n or 0";

    private readonly List<(string Name, string? Value)> _given = [];

    /// <summary>Notes an option; null as the value is the bare name.</summary>
    public void Add(string name, string? value) => _given.Add((name, value));

    /// <summary>True if the user allows the plugin to change the guest.</summary>
    public bool AllowsWrite { get; set; }

    /// <summary>The options as they were given, in order: <c>name</c> or <c>name=value</c>.</summary>
    public IEnumerable<string> Texts => _given.ConvertAll(option => option.Value is null ? option.Name : $"{option.Name}={option.Value}");

    /// <summary>The names that were given, in order.</summary>
    public IEnumerable<string> Names => _given.ConvertAll(option => option.Name);

    /// <summary>The value of a switch: the bare name is on.</summary>
    /// <exception cref="PluginOptionException">The value is no boolean.</exception>
    public bool Switch(string name, bool otherwise)
    {
        if (!TryFind(name, out var value))
            return otherwise;
        return value?.ToLowerInvariant() switch
        {
            null or "on" or "yes" or "true" or "y" or "1" => true,
            "off" or "no" or "false" or "n" or "0" => false,
            _ => throw Refused(name, value, SwitchWords),
        };
    }

    /// <summary>The value of a whole number, decimal or <c>0x</c> hexadecimal.</summary>
    /// <exception cref="PluginOptionException">The value is no such number or does not fit.</exception>
    public T Number<T>(string name, T otherwise)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        Last(name, otherwise, OptionParser.TryParseNumber<T>, OptionParser.NumberWords<T>());

    /// <summary>All values of a whole number that may be repeated; they replace the default.</summary>
    /// <exception cref="PluginOptionException">A value is no such number or does not fit.</exception>
    public T[] NumberList<T>(string name, T[] otherwise)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        All(name, otherwise, OptionParser.TryParseNumber<T>, OptionParser.NumberWords<T>());

    /// <summary>The value of a number with a fraction.</summary>
    /// <exception cref="PluginOptionException">The value is no finite number.</exception>
    public double Fraction(string name, double otherwise) => Last(name, otherwise, OptionParser.TryParseFraction, OptionParser.FractionWords);

    /// <inheritdoc cref="Fraction"/>
    public double[] FractionList(string name, double[] otherwise) => All(name, otherwise, OptionParser.TryParseFraction, OptionParser.FractionWords);

    /// <summary>The value of a number of bytes.</summary>
    /// <exception cref="PluginOptionException">The value is none, or has more than 64 bits.</exception>
    public ByteSize Size(string name, ByteSize otherwise) => Last(name, otherwise, OptionParser.TryParseSize, OptionParser.SizeWords);

    /// <inheritdoc cref="Size"/>
    public ByteSize[] SizeList(string name, ByteSize[] otherwise) => All(name, otherwise, OptionParser.TryParseSize, OptionParser.SizeWords);

    /// <summary>The value of a range of guest addresses.</summary>
    /// <exception cref="PluginOptionException">The value is none, or is empty.</exception>
    public AddressRange Range(string name, AddressRange otherwise) => Last(name, otherwise, OptionParser.TryParseRange, OptionParser.RangeWords);

    /// <inheritdoc cref="Range"/>
    public AddressRange[] RangeList(string name, AddressRange[] otherwise) => All(name, otherwise, OptionParser.TryParseRange, OptionParser.RangeWords);

    /// <summary>Refuses if the option was not given.</summary>
    /// <exception cref="PluginOptionException">It was not.</exception>
    public void Require(string name)
    {
        if (!TryFind(name, out _))
            throw new PluginOptionException($"plugin '{plugin}': option '{name}' is missing; write -p {plugin},{name}=…");
    }

    /// <summary>The value of a text.</summary>
    /// <exception cref="PluginOptionException">Only the bare name was given, or nothing behind the <c>=</c>.</exception>
    public string Text(string name, string otherwise) => TryFind(name, out var value) ? RequireText(name, value) : otherwise;

    /// <summary>All values of a text that may be repeated; they replace the default.</summary>
    /// <exception cref="PluginOptionException">Only the bare name was given, or nothing behind the <c>=</c>.</exception>
    public string[] TextList(string name, string[] otherwise)
    {
        var values = _given.FindAll(option => option.Name == name).ConvertAll(option => RequireText(name, option.Value));
        return values.Count > 0 ? [.. values] : otherwise;
    }

    /// <summary>The value of a choice.</summary>
    /// <exception cref="PluginOptionException">The value is none of the words.</exception>
    public T Choice<T>(string name, T otherwise, ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct, Enum
    {
        if (!TryFind(name, out var value))
            return otherwise;
        var words = new List<string>();
        foreach (var (word, choice) in choices)
        {
            if (word == value)
                return choice;
            words.Add(word);
        }

        throw Refused(name, value, string.Join(", ", words));
    }

    private delegate bool Parser<T>(string text, out T value);

    private T Last<T>(string name, T otherwise, Parser<T> parse, string allowed) =>
        !TryFind(name, out var text) ? otherwise : text is not null && parse(text, out var value) ? value : throw Refused(name, text, allowed);

    private T[] All<T>(string name, T[] otherwise, Parser<T> parse, string allowed)
    {
        var values = _given.FindAll(option => option.Name == name).ConvertAll(option => option.Value is { } text && parse(text, out var value) ? value : throw Refused(name, option.Value, allowed));
        return values.Count > 0 ? [.. values] : otherwise;
    }

    private bool TryFind(string name, out string? value)
    {
        var index = _given.FindLastIndex(option => option.Name == name);
        value = index < 0 ? null : _given[index].Value;
        return index >= 0;
    }

    // An empty text is what a script writes whose variable was not set.
    private string RequireText(string name, string? value) => string.IsNullOrEmpty(value) ? throw Refused(name, value, value is null ? "a text" : "a text that is not empty") : value;

    private PluginOptionException Refused(string name, string? value, string allowed) =>
        new(value is null
            ? $"plugin '{plugin}': option '{name}' needs a value: {allowed}"
            : $"plugin '{plugin}': option '{name}' does not take '{value}'; allowed: {allowed}");
}
