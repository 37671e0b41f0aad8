using System.CommandLine;
using System.Globalization;
using Emu.Bench.Guests;
using Emu.Bench.Handlers;
using Emu.Bench.Reports;

namespace Emu.Bench.Commands;

/// <summary><c>handlers</c>: how many guest instructions a handler of the threaded backend does, and which neighbours are not fused.</summary>
internal static class HandlersCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("names") { Description = "Guests to count (default: all).", Arity = ArgumentArity.ZeroOrMore };
        var divisor = new Option<int>("--divide") { Description = "Divide each guest's rounds.", DefaultValueFactory = _ => 50 };
        var rows = new Option<int>("--rows") { Description = "How many neighbours to list.", DefaultValueFactory = _ => 30 };
        var peers = new PeerOptions();
        var command = new Command("handlers", "Counts executed handlers: what the lists of fused handlers are chosen by.");
        command.Arguments.Add(names);
        command.Options.Add(divisor);
        command.Options.Add(rows);
        command.Options.Add(peers.Emu);
        command.SetAction(result =>
        {
            var repository = GuestTable.Repository();
            var guests = GuestTable.Choose(GuestTable.Read(repository), result.GetValue(names) ?? [], "all");
            var emu = peers.EmuPath(result, repository);
            var counts = guests.ConvertAll(guest => HandlerCounts.Of(emu, guest, Math.Max(1, guest.Rounds / result.GetValue(divisor))));
            WriteGuests(guests, counts);
            Console.WriteLine();
            WriteNeighbours(counts, result.GetValue(rows));
            return 0;
        });
        return command;
    }

    private static void WriteGuests(List<BenchGuest> guests, List<HandlerCounts> counts)
    {
        var table = new TextTable("guest", "instructions", "per handler");
        for (var i = 0; i < guests.Count; i++)
            table.Add(guests[i].Name, counts[i].Instructions.ToString(CultureInfo.InvariantCulture), Text((double)counts[i].Instructions / counts[i].Handlers));
        table.Write(Console.Out);
    }

    /// <summary>Each guest has the same weight, however long it runs.</summary>
    private static void WriteNeighbours(List<HandlerCounts> counts, int rows)
    {
        var shares = new Dictionary<(string First, string Second), double>();
        foreach (var guest in counts)
            foreach (var (pair, executions) in guest.Apart)
                shares[pair] = shares.GetValueOrDefault(pair) + 1000.0 * executions / guest.Instructions / counts.Count;
        var table = new TextTable("per 1000", "handler", "next handler");
        foreach (var (pair, share) in shares.OrderByDescending(static row => row.Value).Take(rows))
            table.Add(Text(share), pair.First, pair.Second);
        table.Write(Console.Out);
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
