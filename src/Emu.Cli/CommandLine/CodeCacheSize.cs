using System.Globalization;
using Emu.Engine.CodeCache;

namespace Emu.Cli.CommandLine;

/// <summary>The value of <c>--code-cache</c>: bytes, or a number of KiB, MiB or GiB.</summary>
internal static class CodeCacheSize
{
    /// <summary>Room for a few of the largest blocks.</summary>
    public const long Smallest = 2 << 20;

    /// <summary>What a run has unless told otherwise; it takes host memory only where it is used.</summary>
    public const long Largest = BlockCache.DefaultArenaSize;

    private const string Suffixes = "KMG";
    private const long PageSize = 4096;

    /// <summary>The bytes, in whole pages.</summary>
    /// <exception cref="EmuFailure">The text is no size, or one out of range.</exception>
    public static long Parse(string text)
    {
        var power = text.Length > 0 ? Suffixes.IndexOf(text[^1]) + 1 : 0;
        if (!long.TryParse(power > 0 ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw Refused(text, "is no size; write a number, with K, M or G behind it if you like");
        // More than fits is out of range in any unit.
        var bytes = number > Largest ? long.MaxValue : number << (10 * power);
        return bytes is >= Smallest and <= Largest
            ? (bytes + PageSize - 1) & -PageSize
            : throw Refused(text, $"is out of range: {Smallest >> 20}M to {Largest >> 20}M");
    }

    private static EmuFailure Refused(string text, string why) => new(ExitCodes.Failed, $"the value '{text}' of --code-cache {why}");
}
