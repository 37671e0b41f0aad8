using System.Text.Json;
using Emu.Bench.Guests;

namespace Emu.Bench.Reports;

/// <summary>The same numbers as the tables, for scripts. Times are in seconds, memory in KiB.</summary>
internal static class JsonReport
{
    public static void Write(string path, IReadOnlyList<Contender> contenders, IReadOnlyList<GuestResult> results,
        IReadOnlyList<GuestReport.Comparison> comparisons)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        var report = new GuestReport(contenders, results);
        json.WriteStartObject();
        json.WriteStartArray("guests");
        foreach (var result in results)
            WriteGuest(json, contenders, result);
        json.WriteEndArray();
        json.WriteStartArray("comparisons");
        foreach (var comparison in comparisons)
        {
            json.WriteStartObject();
            json.WriteString("name", comparison.Name);
            foreach (var set in results.Select(r => r.Guest.Set).Distinct())
                json.WriteNumber(set, report.Mean(set, comparison));
            foreach (var result in results)
                json.WriteNumber(result.Guest.Name, result.Speed(comparison.Contender, comparison.Base));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGuest(Utf8JsonWriter json, IReadOnlyList<Contender> contenders, GuestResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Guest.Name);
        json.WriteString("set", result.Guest.Set);
        json.WriteNumber("instructions", result.Instructions);
        json.WriteStartObject("runs");
        for (var i = 0; i < contenders.Count; i++)
            WriteMeasurement(json, contenders[i].Name, result.Measurements[i]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One measurement as a property of the current object.</summary>
    public static void WriteMeasurement(Utf8JsonWriter json, string name, Measurement measurement)
    {
        json.WriteStartObject(name);
        json.WriteNumber("median", measurement.Median);
        json.WriteNumber("cpuMedian", measurement.MedianCpu);
        json.WriteNumber("min", measurement.Fastest);
        json.WriteNumber("max", measurement.Slowest);
        json.WriteNumber("runs", measurement.Runs);
        json.WriteNumber("peakMemory", measurement.PeakMemory);
        json.WriteEndObject();
    }
}
