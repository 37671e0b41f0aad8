using System.Globalization;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Which instructions are logged: without a text or an address all, else those that one of them fits.</summary>
internal sealed class InstructionFilter(string[] texts, string[] addresses)
{
    private readonly HashSet<ulong> _addresses = [.. Array.ConvertAll(addresses, AddressOf)];

    public bool Includes(ulong address, string text)
    {
        if (texts.Length == 0 && _addresses.Count == 0)
            return true;
        foreach (var begin in texts)
            if (text.StartsWith(begin, StringComparison.Ordinal))
                return true;
        return _addresses.Contains(address);
    }

    private static ulong AddressOf(string text)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address)
            ? address
            : throw new PluginInstallException($"option 'afilter' does not take '{text}'; allowed: an address, hexadecimal");
    }
}
