using System.Globalization;
using System.Text.Json;
using Emu.Bench.Guests;
using Emu.Children;

namespace Emu.Bench.Handlers;

/// <summary>How the executed instructions of a guest spread over the handlers of the threaded backend.</summary>
internal sealed class HandlerCounts
{
    private const string MostBlocks = "1000000";

    private readonly Dictionary<(string First, string Second), long> _apart = [];

    /// <summary>Guest instructions that were executed.</summary>
    public long Instructions { get; private set; }

    /// <summary>Handlers that were executed.</summary>
    public long Handlers { get; private set; }

    /// <summary>Neighbours of which the first has a handler of its own, with the number of executions: what could be fused.</summary>
    public IReadOnlyDictionary<(string First, string Second), long> Apart => _apart;

    /// <summary>Runs the guest twice: for the blocks that are executed, and for what was made of them.</summary>
    /// <exception cref="InvalidDataException">A run failed.</exception>
    public static HandlerCounts Of(string emu, BenchGuest guest, long rounds)
    {
        var folder = Directory.CreateTempSubdirectory("emu-bench-");
        try
        {
            var (report, code) = (Path.Combine(folder.FullName, "report"), Path.Combine(folder.FullName, "code"));
            Run(guest, emu, "-p", "hotblocks,limit=" + MostBlocks, "--report", "json", "--report-file", report, guest.Path, Text(rounds));
            Run(guest, emu, "-d", "out", "-D", code, guest.Path, Text(rounds));
            var counts = new HandlerCounts();
            counts.Add(report, EmittedBlock.Read(code));
            return counts;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Add(string report, IEnumerable<EmittedBlock> emitted)
    {
        var blocks = new Dictionary<ulong, EmittedBlock>();
        foreach (var block in emitted)
            blocks[block.Pc] = block;
        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        foreach (var row in json.RootElement.GetProperty("hotblocks").GetProperty("blocks").EnumerateArray())
            if (blocks.TryGetValue(Convert.ToUInt64(row.GetProperty("pc").GetString(), 16), out var block))
                Add(block, row.GetProperty("icount").GetInt64(), row.GetProperty("ecount").GetInt64());
    }

    private void Add(EmittedBlock block, long instructions, long executions)
    {
        Instructions += instructions * executions;
        Handlers += block.Handlers.Count * executions;
        for (var i = 0; i + 1 < block.Handlers.Count; i++)
        {
            if (EmittedBlock.OpsOf(block.Handlers[i]) > 1)
                continue;
            var pair = (block.Handlers[i], block.Handlers[i + 1]);
            _apart[pair] = _apart.GetValueOrDefault(pair) + executions;
        }
    }

    private static void Run(BenchGuest guest, params string[] command)
    {
        var launch = Launch.Of(command[0], command[1..]) with { Longest = TimeSpan.FromMinutes(30) };
        if (launch.Run().Status is not 0 and var status)
            throw new InvalidDataException($"{guest.Name} under {launch} ended with {status}");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
