using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Emu.Bench.Guests;
using Emu.Bench.Reports;

namespace Emu.Bench.Commands;

/// <summary><c>startup</c>: from start to finish of programs that do next to nothing, one without a C library and one with static glibc.</summary>
internal static class StartupCommand
{
    private static readonly string[] Programs = ["hello", "hello-libc"];

    public static Command Create()
    {
        var runs = new Option<int>("--runs", "-n") { Description = "Repetitions; the median counts.", DefaultValueFactory = _ => 100 };
        var peers = new PeerOptions();
        var command = new Command("startup", "Measures two static hellos from start to finish, by turns with qemu-riscv64.");
        command.Options.Add(runs);
        peers.AddTo(command);
        command.SetAction(result =>
        {
            var repository = GuestTable.Repository();
            var contenders = peers.Contenders(result, repository);
            var runner = new GuestRunner(contenders, result.GetValue(runs));
            var results = Programs.Select(name => Measure(runner, name, Path.Combine(repository, "tests", "guests", "bin", name))).ToList();
            Write(contenders, results);
            if (result.GetValue(peers.Json) is { } json)
                WriteJson(json.FullName, contenders, results);
            return 0;
        });
        return command;
    }

    private static GuestResult Measure(GuestRunner runner, string name, string path)
    {
        var guest = new BenchGuest(name, "startup", 1, 0, path);
        return new GuestResult(guest, 0, runner.Run(guest));
    }

    private static void Write(List<Contender> contenders, List<GuestResult> results)
    {
        var table = new TextTable("program", "contender", "ms", "min..max", "cpu ms", "peak MB");
        foreach (var result in results)
            for (var i = 0; i < contenders.Count; i++)
            {
                var m = result.Measurements[i];
                table.Add(result.Guest.Name, contenders[i].Name, Milliseconds(m.Median), $"{Milliseconds(m.Fastest)}..{Milliseconds(m.Slowest)}",
                    Milliseconds(m.MedianCpu), (m.PeakMemory / 1024.0).ToString("F1", CultureInfo.InvariantCulture));
            }

        table.Write(Console.Out);
    }

    private static void WriteJson(string path, List<Contender> contenders, List<GuestResult> results)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        foreach (var result in results)
        {
            json.WriteStartObject(result.Guest.Name);
            for (var i = 0; i < contenders.Count; i++)
                JsonReport.WriteMeasurement(json, contenders[i].Name, result.Measurements[i]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Milliseconds(double seconds) => (seconds * 1000).ToString("F2", CultureInfo.InvariantCulture);
}
