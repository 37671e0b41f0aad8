using System.Globalization;
using System.Text;
using Emu.Plugins;

namespace Emu.Linux.Tests.Symbols;

/// <summary>What binutils' addr2line tells of addresses.</summary>
internal static class Addr2Line
{
    /// <summary>The frames of each address; of one that addr2line does not know, none.</summary>
    public static List<SourceFrame>[] FramesAt(string program, IReadOnlyList<ulong> addresses)
    {
        var asked = new StringBuilder();
        foreach (var address in addresses)
            asked.Append(CultureInfo.InvariantCulture, $"0x{address:x}\n");
        var launch = Launch.Of(Oracle.Addr2Line.Path!, "-a", "-i", "-f", "-e", program) with { Input = Encoding.ASCII.GetBytes(asked.ToString()) };
        var lines = launch.Run().OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var frames = new List<List<SourceFrame>>();
        for (var index = 0; index < lines.Length; index++)
        {
            // Each address is repeated, then come a function and a place for each frame.
            if (lines[index].StartsWith("0x", StringComparison.Ordinal))
                frames.Add([]);
            else
                Add(frames[^1], lines[index], lines[++index]);
        }

        return [.. frames];
    }

    private static void Add(List<SourceFrame> frames, string function, string place)
    {
        place = place.Split(" (discriminator", 2)[0];
        var colon = place.LastIndexOf(':');
        var (file, line) = (place[..colon], place[(colon + 1)..]);
        if (file != "??")
            frames.Add(new(function, file, line == "?" ? 0 : int.Parse(line, CultureInfo.InvariantCulture), 0));
    }
}
