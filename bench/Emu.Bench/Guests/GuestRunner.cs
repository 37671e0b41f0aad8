using System.Globalization;
using Emu.Children;

namespace Emu.Bench.Guests;

/// <summary>
/// Measures guests under several contenders. The contenders take turns within each repetition, so that a change of the
/// machine's load meets all of them. The first round of turns is a warm-up that measures memory.
/// </summary>
internal sealed class GuestRunner(IReadOnlyList<Contender> contenders, int repetitions)
{
    /// <summary>After this time a run is given up: its guest hangs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>Divides the rounds of each guest, for quick looks; 1 is the full size.</summary>
    public int Divisor { get; init; } = 1;

    /// <summary>One measurement for each contender, in their order.</summary>
    /// <exception cref="InvalidDataException">A run failed or printed something else than the others.</exception>
    public Measurement[] Run(BenchGuest guest)
    {
        var measurements = new Measurement[contenders.Count];
        string? expected = null;
        for (var i = 0; i < contenders.Count; i++)
        {
            var result = Measured.MemoryOf(Command(contenders[i], guest));
            Check(contenders[i], guest, result, ref expected);
            measurements[i] = new Measurement { PeakMemory = result.PeakMemory };
        }

        for (var repetition = 0; repetition < repetitions; repetition++)
            for (var i = 0; i < contenders.Count; i++)
            {
                var result = Measured.TimeOf(Command(contenders[i], guest));
                Check(contenders[i], guest, result, ref expected);
                measurements[i].Add(result.Seconds, result.CpuSeconds);
            }

        return measurements;
    }

    /// <summary>Guest instructions of one run at the chosen size.</summary>
    public long Instructions(BenchGuest guest) => guest.Instructions / Divisor;

    private Launch Command(Contender contender, BenchGuest guest)
    {
        List<string> command = [.. contender.Command, guest.Path];
        if (Divisor > 1)
            command.Add(Math.Max(1, guest.Rounds / Divisor).ToString(CultureInfo.InvariantCulture));
        return Launch.Of(command[0], command[1..]) with { Longest = Longest };
    }

    private static void Check(Contender contender, BenchGuest guest, Measured result, ref string? expected)
    {
        if (result.Status != 0)
            throw new InvalidDataException($"{guest.Name} under {contender.Name} ended with {result.Status}");
        expected ??= result.Output;
        if (result.Output != expected)
            throw new InvalidDataException($"{guest.Name} under {contender.Name} printed '{result.Output.Trim()}', not '{expected.Trim()}'");
    }
}
