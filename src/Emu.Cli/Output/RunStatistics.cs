using System.Diagnostics;
using System.Globalization;
using Emu.Engine;

namespace Emu.Cli.Output;

/// <summary>The figures of <c>--stats</c>.</summary>
internal static class RunStatistics
{
    /// <summary>The figures of a run so far, a line each.</summary>
    /// <param name="machine">What ran the guest.</param>
    /// <param name="executed">How many guest instructions it executed, or null if nobody could count.</param>
    public static string Of(Machine machine, ulong? executed)
    {
        using var process = Process.GetCurrentProcess();
        var code = machine.Code;
        var seconds = (DateTimeOffset.UtcNow - process.StartTime.ToUniversalTime()).TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            backend: {machine.Backend.Name}
            blocks translated: {code.Translations}
            guest instructions translated: {code.TranslatedInstructions}
            guest instructions executed: {(executed is { } count ? count : "not counted, as no plugin is in this build")}
            code bytes in use: {code.UsedBytes}
            cache flushes: {code.Flushes}
            seconds: {seconds:F3}
            peak memory: {process.PeakWorkingSet64 / 1024} KiB

            """);
    }
}
