using System.Globalization;

namespace Emu.Plugins;

/// <summary>A named value of a report.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its value as text.</param>
/// <param name="IsRaw">True if the text is a JSON number or literal as it stands.</param>
internal sealed record ReportField(string Name, string Text, bool IsRaw)
{
    /// <summary>The field for an interpolated value.</summary>
    public static ReportField Of<T>(string expression, T value, string text, string? format)
    {
        var name = NameOf(expression);
        return value switch
        {
            bool flag => new(name, flag ? "true" : "false", IsRaw: true),
            double number => new(name, double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "null", IsRaw: true),
            sbyte or byte or short or ushort or int or uint or long or ulong or nint or nuint or decimal => IsHexadecimal(format)
                ? new(name, "0x" + text, IsRaw: false)
                : new(name, string.Create(CultureInfo.InvariantCulture, $"{value}"), IsRaw: true),
            _ => new(name, text, IsRaw: false),
        };
    }

    private static bool IsHexadecimal(string? format) => format is not null && format.StartsWith('x');

    /// <summary>The last identifier of an expression, arguments left out, with a lower-case first letter.</summary>
    private static string NameOf(string expression)
    {
        var end = expression.IndexOf('(');
        var path = end < 0 ? expression : expression[..end];
        var start = path.LastIndexOfAny(['.', ' ', '!']) + 1;
        var name = path[start..].Trim('_', ')', ']', '@');
        return name.Length == 0 ? expression : char.ToLowerInvariant(name[0]) + name[1..];
    }
}
