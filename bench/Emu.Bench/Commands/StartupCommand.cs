using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Emu.Bench.Children;
using Emu.Bench.Guests;
using Emu.Bench.Reports;

namespace Emu.Bench.Commands;

/// <summary><c>startup</c>: a static glibc hello from start to finish.</summary>
internal static class StartupCommand
{
    public static Command Create()
    {
        var runs = new Option<int>("--runs", "-n") { Description = "Repetitions; the median counts.", DefaultValueFactory = _ => 50 };
        var peers = new PeerOptions();
        var command = new Command("startup", "Measures a static hello from start to finish, by turns with qemu-riscv64.");
        command.Options.Add(runs);
        peers.AddTo(command);
        command.SetAction(result =>
        {
            var repository = GuestTable.Repository();
            var hello = new BenchGuest("hello", "startup", 1, 0, Path.Combine(repository, "tests", "guests", "bin", "hello-libc"));
            var contenders = peers.Contenders(result, repository);
            var measurements = new GuestRunner(contenders, result.GetValue(runs)).Run(hello);
            Write(contenders, measurements);
            if (result.GetValue(peers.Json) is { } json)
                WriteJson(json.FullName, contenders, measurements);
            return 0;
        });
        return command;
    }

    private static void Write(List<Contender> contenders, Measurement[] measurements)
    {
        var table = new TextTable("contender", "ms", "min..max", "peak MB");
        for (var i = 0; i < contenders.Count; i++)
        {
            var m = measurements[i];
            table.Add(contenders[i].Name, Milliseconds(m.Median), $"{Milliseconds(m.Fastest)}..{Milliseconds(m.Slowest)}",
                (m.PeakMemory / 1024.0).ToString("F1", CultureInfo.InvariantCulture));
        }

        table.Write(Console.Out);
    }

    private static void WriteJson(string path, List<Contender> contenders, Measurement[] measurements)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        for (var i = 0; i < contenders.Count; i++)
            JsonReport.WriteMeasurement(json, contenders[i].Name, measurements[i]);
        json.WriteEndObject();
    }

    private static string Milliseconds(double seconds) => (seconds * 1000).ToString("F2", CultureInfo.InvariantCulture);
}
