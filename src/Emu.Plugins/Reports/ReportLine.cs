using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Emu.Plugins;

/// <summary>A line of a report, made by the compiler from an interpolated string; see <see cref="ReportWriter"/>.</summary>
[InterpolatedStringHandler]
public readonly ref struct ReportLine
{
    private readonly StringBuilder _text;
    private readonly List<ReportField> _fields;

    /// <summary>Called by the compiler.</summary>
    public ReportLine(int literalLength, int formattedCount)
    {
        _text = new(literalLength + 16 * formattedCount);
        _fields = new(formattedCount);
    }

    /// <summary>Called by the compiler for the text between values.</summary>
    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>Called by the compiler for a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="alignment">As in any interpolated string; for the text only.</param>
    /// <param name="format">As in any interpolated string; a hexadecimal format makes the field a text.</param>
    /// <param name="name">The value's expression, from which the field is named.</param>
    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        var text = value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? "";
        _text.Append(alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment));
        _fields.Add(ReportField.Of(name, value, text, format));
    }

    internal ReportLineContent Finish() => new(_text.ToString(), _fields);
}

/// <summary>A finished line.</summary>
/// <param name="Text">The line as text.</param>
/// <param name="Fields">Its values.</param>
internal sealed record ReportLineContent(string Text, IReadOnlyList<ReportField> Fields);
