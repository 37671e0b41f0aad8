using System.CommandLine;
using Emu.Bench.Guests;
using Emu.Bench.Reports;

namespace Emu.Bench.Commands;

/// <summary><c>guests</c>: whole programs on the published file, beside QEMU.</summary>
internal static class GuestsCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("names") { Description = "Guests to run (default: all).", Arity = ArgumentArity.ZeroOrMore };
        var runs = new Option<int>("--runs", "-n") { Description = "Repetitions; the median counts.", DefaultValueFactory = _ => 5 };
        var set = new Option<string>("--set") { Description = "Only this set.", DefaultValueFactory = _ => "all" };
        set.AcceptOnlyFromAmong("integer", "float", "all");
        var divisor = new Option<int>("--divide") { Description = "Divide each guest's rounds, for a quick look.", DefaultValueFactory = _ => 1 };
        var peers = new PeerOptions();
        var command = new Command("guests", "Runs whole guest programs on the published native file and on qemu-riscv64, by turns.");
        command.Arguments.Add(names);
        command.Options.Add(runs);
        command.Options.Add(set);
        command.Options.Add(divisor);
        peers.AddTo(command);
        command.SetAction(result =>
        {
            var repository = GuestTable.Repository();
            var guests = GuestTable.Choose(GuestTable.Read(repository), result.GetValue(names) ?? [], result.GetValue(set)!);
            var contenders = peers.Contenders(result, repository);
            var runner = new GuestRunner(contenders, result.GetValue(runs)) { Divisor = result.GetValue(divisor) };
            return Run(guests, contenders, runner, result.GetValue(peers.Json));
        });
        return command;
    }

    private static int Run(List<BenchGuest> guests, List<Contender> contenders, GuestRunner runner, FileInfo? json)
    {
        var results = new List<GuestResult>();
        foreach (var guest in guests)
        {
            Console.Error.WriteLine(guest.Name);
            results.Add(new GuestResult(guest, runner.Instructions(guest), runner.Run(guest)));
        }

        var comparisons = PeerOptions.Comparisons(contenders);
        new GuestReport(contenders, results).Write(Console.Out, comparisons);
        if (json != null)
            JsonReport.Write(json.FullName, contenders, results, comparisons);
        return 0;
    }
}
