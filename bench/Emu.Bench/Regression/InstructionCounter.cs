using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Children;

namespace Emu.Bench.Regression;

/// <summary>Counts the instructions that the host executes for a program, in user mode: perf stat where the kernel lets it, else valgrind's cachegrind, which needs no counters of the processor.</summary>
internal abstract partial class InstructionCounter
{
    private static readonly Launch Probe = Launch.Of("/bin/true") with { Environment = [] };

    /// <summary>The tool's name, which a baseline of counts is one of.</summary>
    public abstract string Name { get; }

    /// <summary>The Debian package that holds it.</summary>
    protected abstract string Package { get; }

    /// <summary>How often a row is counted: once, if that repeats but for what clocks and addresses change.</summary>
    public abstract int Repetitions { get; }

    /// <summary>What works here.</summary>
    /// <param name="name">Only this tool; null for the first that works.</param>
    /// <exception cref="InvalidDataException">None does; the message says what to install.</exception>
    public static InstructionCounter Find(string? name)
    {
        string? why = null;
        foreach (var counter in new InstructionCounter[] { new Perf(), new Cachegrind() })
            if (name is null || counter.Name == name)
            {
                if (counter.WhyNot() is not { } reason)
                    return counter;
                why = why is null ? reason : $"{why}; {reason}";
            }

        throw new InvalidDataException($"nothing counts instructions here: {why}");
    }

    /// <summary>Runs the program; the tool's words come first.</summary>
    /// <param name="start">Makes the process of the tool's words.</param>
    /// <exception cref="InvalidDataException">The tool failed.</exception>
    public (Outcome Outcome, long Instructions) Count(Func<string[], Launch> start)
    {
        var file = Path.GetTempFileName();
        try
        {
            return Count(start, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    protected abstract (Outcome Outcome, long Instructions) Count(Func<string[], Launch> start, string file);

    /// <summary>Why it does not work here; null if it does.</summary>
    private string? WhyNot()
    {
        try
        {
            var outcome = Count(static words => Probe with { Program = words[0], Arguments = Launch.Bytes([.. words[1..], Probe.Program]) }).Outcome;
            return outcome.Status == 0 ? null : $"{Name} ends with {outcome.Status}";
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
        catch (Win32Exception)
        {
            return $"{Package} is not installed";
        }
    }

    private sealed class Perf : InstructionCounter
    {
        public override string Name => "perf";

        protected override string Package => "linux-perf";

        // Interrupts are counted too.
        public override int Repetitions => 5;

        protected override (Outcome Outcome, long Instructions) Count(Func<string[], Launch> start, string file)
        {
            var outcome = start(["perf", "stat", "-x", ",", "-e", "instructions:u", "-o", file, "--"]).Run();
            var row = File.ReadLines(file).FirstOrDefault(static line => line.Contains("instructions", StringComparison.Ordinal));
            return long.TryParse(row?.Split(',')[0], CultureInfo.InvariantCulture, out var count) ? (outcome, count) : throw new InvalidDataException("perf stat counts no instructions, as the machine or its kernel does not let it");
        }
    }

    private sealed partial class Cachegrind : InstructionCounter
    {
        /// <summary>Valgrind 3.19 meets in one of several runs with a race of its own, when a signal wakes a thread that waits, and gives up with an assertion. Then it is run again.</summary>
        private const int MaxAttempts = 12;

        public override string Name => "cachegrind";

        protected override string Package => "valgrind";

        public override int Repetitions => 1;

        protected override (Outcome Outcome, long Instructions) Count(Func<string[], Launch> start, string file)
        {
            // Blocks are linked by changing code, which has to be looked at again, also where a file is mapped.
            string[] words = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--smc-check=all", "--cachegrind-out-file=/dev/null", $"--log-file={file}"];
            for (var attempt = 1; ; attempt++)
            {
                var outcome = start(words).Run();
                var log = File.ReadAllText(file);
                if (Counted().Match(log) is { Success: true } match)
                    return (outcome, long.Parse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
                if (attempt == MaxAttempts || !log.Contains("\nvalgrind: ", StringComparison.Ordinal))
                    throw new InvalidDataException($"valgrind failed {attempt} times: {log.Split('\n').FirstOrDefault(static line => line.StartsWith("valgrind: ", StringComparison.Ordinal)) ?? outcome.ErrorText.Trim()}");
            }
        }

        [GeneratedRegex(@"I +refs: +([\d,]+)")]
        private static partial Regex Counted();
    }
}
