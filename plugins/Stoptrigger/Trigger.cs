using System.Globalization;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Reads <c>NUMBER[:CODE]</c>.</summary>
internal static class Trigger
{
    private const int LargestCode = 255;

    /// <exception cref="PluginInstallException">It is none; the message says what is allowed.</exception>
    public static (ulong Number, int Code) Parse(string option, string text, bool isHexadecimal)
    {
        var colon = text.IndexOf(':');
        var number = colon < 0 ? text : text[..colon];
        var code = 0;
        if (!TryParse(number, isHexadecimal, out var value) ||
            (colon >= 0 && !(int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out code) && code <= LargestCode)))
            throw new PluginInstallException($"option '{option}' does not take '{text}'; allowed: {(isHexadecimal ? "an address, hexadecimal" : "a number")}, and behind a colon an exit code from 0 to {LargestCode}");
        return (value, code);
    }

    private static bool TryParse(string text, bool isHexadecimal, out ulong value)
    {
        if (!isHexadecimal)
            return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
