using ZLinq;

namespace Emu.Engine.Instrumentation.CommandLine;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
public static class NearestName
{
    /// <summary>Text to append to an error: names the candidate that is at most two typing errors away, or nothing.</summary>
    /// <param name="name">What was given.</param>
    /// <param name="candidates">What there is, in lower case.</param>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        var nearest = candidates.AsValueEnumerable()
            .Select(candidate => (Candidate: candidate, Distance: Distance(name.ToLowerInvariant(), candidate)))
            .Where(pair => pair.Distance <= 2 && pair.Distance < pair.Candidate.Length)
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return nearest.Candidate is null ? "" : $" (did you mean '{nearest.Candidate}'?)";
    }

    /// <summary>How many letters have to be inserted, dropped or replaced to make one text of the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = ValueEnumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
