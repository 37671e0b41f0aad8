using System.Globalization;
using ZLinq;

namespace Emu.Plugins.Testing;

/// <summary>A line that a plugin has reported, with its values by the names that <c>--report json</c> gives them.</summary>
public sealed class ReportedLine
{
    private readonly IReadOnlyList<ReportField> _fields;

    internal ReportedLine(ReportLineContent content) => (Text, _fields) = (content.Text, content.Fields);

    /// <summary>The line as people see it.</summary>
    public string Text { get; }

    /// <summary>A value as text.</summary>
    /// <exception cref="PluginTestException">There is no such value; the message names those that there are.</exception>
    public string this[string field]
    {
        get
        {
            foreach (var each in _fields)
                if (each.Name == field)
                    return each.Text;
            throw new PluginTestException($"the line '{Text}' has no value '{field}'; there are: {_fields.AsValueEnumerable().Select(static each => each.Name).JoinToString(", ")}");
        }
    }

    /// <summary>A value as a number; hexadecimal ones are read as well.</summary>
    /// <exception cref="PluginTestException">There is no such value, or it is no whole number that is not negative.</exception>
    public ulong Number(string field)
    {
        var text = this[field];
        var isHexadecimal = text.StartsWith("0x", StringComparison.Ordinal);
        return ulong.TryParse(isHexadecimal ? text.AsSpan(2) : text, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PluginTestException($"the value '{field}' of the line '{Text}' is '{text}', which is no number");
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
