using System.Diagnostics;
using System.Globalization;
using Emu.Engine;

namespace Emu.Cli.Output;

/// <summary>The figures of <c>--stats</c>.</summary>
internal static class RunStatistics
{
    /// <summary>The figures of a run so far.</summary>
    /// <param name="machine">What ran the guest.</param>
    /// <param name="executed">How many guest instructions it executed, or why nobody knows.</param>
    public static IReadOnlyList<RunFigure> Of(Machine machine, string executed)
    {
        using var process = Process.GetCurrentProcess();
        var code = machine.Code;
        var seconds = (DateTimeOffset.UtcNow - process.StartTime.ToUniversalTime()).TotalSeconds;
        return
        [
            new("backend", machine.Backend.Name),
            new("blocks translated", Text(code.Translations)),
            new("guest instructions translated", Text(code.TranslatedInstructions)),
            new("guest instructions executed", executed),
            new("code bytes in use", Text(code.UsedBytes)),
            new("cache flushes", Text(code.Flushes)),
            new("seconds", seconds.ToString("F3", CultureInfo.InvariantCulture)),
            new("peak memory", $"{Text(process.PeakWorkingSet64 / 1024)} KiB"),
        ];
    }

    /// <summary>The figures, a line each.</summary>
    public static string TextOf(IReadOnlyList<RunFigure> figures)
    {
        using var text = new StringWriter();
        foreach (var (name, value) in figures)
            text.Write($"{name}: {value}\n");
        return text.ToString();
    }

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
