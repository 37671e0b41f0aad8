using System.Diagnostics;
using System.Globalization;
using Emu.Engine;

namespace Emu.Cli.Output;

/// <summary>The figures of <c>--stats</c>.</summary>
internal static class RunStatistics
{
    public static void Write(Machine machine, TextWriter output)
    {
        using var process = Process.GetCurrentProcess();
        var (code, culture) = (machine.Code, CultureInfo.InvariantCulture);
        var seconds = (DateTimeOffset.UtcNow - process.StartTime.ToUniversalTime()).TotalSeconds;
        output.WriteLine(string.Create(culture, $"backend: {machine.Backend.Name}"));
        output.WriteLine(string.Create(culture, $"blocks translated: {code.Translations}"));
        output.WriteLine(string.Create(culture, $"guest instructions translated: {code.TranslatedInstructions}"));
        output.WriteLine(string.Create(culture, $"code bytes in use: {code.UsedBytes}"));
        output.WriteLine(string.Create(culture, $"cache flushes: {code.Flushes}"));
        output.WriteLine(string.Create(culture, $"seconds: {seconds:F3}"));
        output.WriteLine(string.Create(culture, $"peak memory: {process.PeakWorkingSet64 / 1024} KiB"));
    }
}
