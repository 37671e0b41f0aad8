using System.Globalization;

namespace Emu.Plugins.Hosting;

/// <summary>Writes the default of an option as it would be written on the command line; used by generated code.</summary>
public static class OptionText
{
    /// <summary>on or off.</summary>
    public static string Of(bool value) => value ? "on" : "off";

    /// <summary>A decimal number.</summary>
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A decimal number.</summary>
    public static string Of(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with a fraction.</summary>
    public static string Of(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number of bytes.</summary>
    public static string Of(ByteSize value) => value.ToString();

    /// <summary>A range of addresses; nothing for none.</summary>
    public static string Of(AddressRange value) => value == default ? "" : value.ToString();

    /// <summary>Values, separated by blanks.</summary>
    public static string Of<T>(T[]? values)
        where T : struct, IFormattable => string.Join(' ', Array.ConvertAll(values ?? [], static value => value.ToString(null, CultureInfo.InvariantCulture)));

    /// <summary>Numbers of bytes, separated by blanks.</summary>
    public static string Of(ByteSize[]? values) => string.Join(' ', values ?? []);

    /// <summary>Ranges, separated by blanks.</summary>
    public static string Of(AddressRange[]? values) => string.Join(' ', values ?? []);

    /// <summary>The text itself.</summary>
    public static string Of(string? value) => value ?? "";

    /// <summary>The texts, separated by blanks.</summary>
    public static string Of(string[]? values) => string.Join(' ', values ?? []);

    /// <summary>The word of a choice; empty for a value that has none.</summary>
    public static string Of<T>(T value, ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct, Enum
    {
        foreach (var (word, choice) in choices)
            if (EqualityComparer<T>.Default.Equals(choice, value))
                return word;
        return "";
    }
}
