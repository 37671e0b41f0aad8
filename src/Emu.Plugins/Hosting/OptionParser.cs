using System.Globalization;
using System.Numerics;

namespace Emu.Plugins.Hosting;

/// <summary>How the values of options are written, and the words that say so.</summary>
internal static class OptionParser
{
    /// <summary>What <see cref="TryParseFraction"/> takes.</summary>
    public const string FractionWords = "a number, with a fraction behind a point";

    /// <summary>What <see cref="TryParseSize"/> takes.</summary>
    public const string SizeWords = "a number of bytes, decimal or 0x hexadecimal, or one with K, M or G behind it";

    /// <summary>What <see cref="TryParseRange"/> takes.</summary>
    public const string RangeWords = "addresses as START-END, END not included, START+SIZE, or one address";

    /// <summary>What <see cref="TryParseNumber{T}"/> takes.</summary>
    public static string NumberWords<T>()
        where T : struct, IMinMaxValue<T> =>
        $"a whole number from {T.MinValue} to {T.MaxValue}, decimal or 0x hexadecimal";

    public static bool TryParseNumber<T>(string text, out T value)
        where T : struct, IBinaryInteger<T> =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? T.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && !T.IsNegative(value)
            : T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryParseFraction(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static bool TryParseSize(string text, out ByteSize value)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 'K' or 'k' => 10, 'M' or 'm' => 20, 'G' or 'g' => 30, _ => 0 };
        var isNumber = TryParseNumber(unit == 0 ? text : text[..^1], out ulong count) && count <= ulong.MaxValue >> unit;
        value = new ByteSize(count << unit);
        return isNumber;
    }

    public static bool TryParseRange(string text, out AddressRange value)
    {
        value = default;
        var at = text.IndexOfAny(['-', '+']);
        if (!TryParseNumber(at < 0 ? text : text[..at], out ulong start))
            return false;
        var end = start + 1;
        if (at >= 0 && text[at] == '+')
        {
            if (!TryParseSize(text[(at + 1)..], out var size))
                return false;
            end = start + size.Bytes;
        }
        else if (at >= 0 && !TryParseNumber(text[(at + 1)..], out end))
        {
            return false;
        }

        value = new AddressRange(start, end);
        return end > start;
    }
}
