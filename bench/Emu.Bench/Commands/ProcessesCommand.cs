using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Emu.Bench.Guests;
using Emu.Bench.Reports;
using Emu.Children;

namespace Emu.Bench.Commands;

/// <summary><c>processes</c>: what a child, a program and a thread cost the guest, by its own clock.</summary>
internal static class ProcessesCommand
{
    /// <summary>After this time a run is given up: its guest hangs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly (string Kind, int Count)[] Kinds = [("fork", 300), ("vfork", 300), ("spawn", 100), ("thread", 3000), ("alone", 200_000), ("threads", 200_000)];

    public static Command Create()
    {
        var runs = new Option<int>("--runs", "-n") { Description = "Repetitions; the median counts.", DefaultValueFactory = _ => 5 };
        var peers = new PeerOptions();
        var command = new Command("processes", "Measures children, programs, threads and eight threads that share work, by turns with qemu-riscv64.");
        command.Options.Add(runs);
        peers.AddTo(command);
        command.SetAction(result =>
        {
            var repository = GuestTable.Repository();
            var contenders = peers.Contenders(result, repository);
            var results = Kinds.Select(kind => (kind.Kind, Runs: Measure(contenders, repository, kind.Kind, kind.Count, result.GetValue(runs)))).ToList();
            Write(contenders, results);
            if (result.GetValue(peers.Json) is { } json)
                WriteJson(json.FullName, contenders, results);
            return 0;
        });
        return command;
    }

    /// <summary>Seconds that one took, each contender's in turns.</summary>
    private static Measurement[] Measure(List<Contender> contenders, string repository, string kind, int count, int repetitions)
    {
        var measurements = contenders.ConvertAll(static _ => new Measurement()).ToArray();
        for (var repetition = 0; repetition < repetitions; repetition++)
            for (var i = 0; i < measurements.Length; i++)
            {
                var seconds = Once(contenders[i], repository, kind, count);
                measurements[i].Add(seconds, seconds);
            }

        return measurements;
    }

    private static double Once(Contender contender, string repository, string kind, int count)
    {
        List<string> words = [.. contender.Command, Path.Combine(repository, "bench", "guests", "bin", "costs"), kind, count.ToString(CultureInfo.InvariantCulture)];
        if (kind == "spawn")
        {
            // qemu-riscv64 hands programs to the host's kernel, which knows no guest's: its guest has to name it again.
            if (contender.Name.StartsWith("qemu", StringComparison.Ordinal))
                words.AddRange(contender.Command);
            words.Add(Path.Combine(repository, "tests", "guests", "bin", "exit"));
        }

        var run = Measured.TimeOf(Launch.Of(words[0], words[1..]) with { Longest = Longest });
        return run.Status == 0 && long.TryParse(run.Output, CultureInfo.InvariantCulture, out var nanoseconds)
            ? nanoseconds / 1e9
            : throw new InvalidDataException($"'costs {kind}' under {contender.Name} ended with {run.Status} and printed '{run.Output.Trim()}'");
    }

    private static void Write(List<Contender> contenders, List<(string Kind, Measurement[] Runs)> results)
    {
        var table = new TextTable("kind", "contender", "µs", "min..max", $"to {contenders[^1].Name}");
        foreach (var (kind, runs) in results)
            for (var i = 0; i < contenders.Count; i++)
                table.Add(kind, contenders[i].Name, Microseconds(runs[i].Median), $"{Microseconds(runs[i].Fastest)}..{Microseconds(runs[i].Slowest)}",
                    (runs[i].Median / runs[^1].Median).ToString("F2", CultureInfo.InvariantCulture));
        table.Write(Console.Out);
    }

    private static void WriteJson(string path, List<Contender> contenders, List<(string Kind, Measurement[] Runs)> results)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        foreach (var (kind, runs) in results)
        {
            json.WriteStartObject(kind);
            for (var i = 0; i < contenders.Count; i++)
                JsonReport.WriteMeasurement(json, contenders[i].Name, runs[i]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Microseconds(double seconds) => (seconds * 1e6).ToString("F1", CultureInfo.InvariantCulture);
}
