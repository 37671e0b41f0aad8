using System.Text.Json;

namespace Emu.Bench.Regression;

/// <summary>What later measurements are compared with: <c>bench/baseline.json</c>.</summary>
/// <param name="About">What the file is, for its readers.</param>
/// <param name="Sets">One set for each mode and conditions.</param>
internal sealed record Baseline(string About, List<BaselineSet> Sets)
{
    private const string Explanation =
        "What the command regress of Emu.Bench compares with; written by its option update, never by hand. A time (in times that of a loop of the host, measured by turns with it) is only good for the kind of machine " +
        "that it came from, and is compared on no other; counts of instructions are compared wherever the same tool counts.";

    /// <summary>Reads the file; without one, no sets.</summary>
    /// <exception cref="InvalidDataException">It is no baseline; the message says what to do.</exception>
    public static Baseline Read(string path)
    {
        if (!File.Exists(path))
            return new Baseline(Explanation, []);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RegressionJson.Default.Baseline) is { Sets: { } sets } baseline && sets.TrueForAll(IsWhole)
                ? baseline
                : throw new JsonException("it has no whole sets");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no baseline: {e.Message.TrimEnd('.')}; mend it, or delete it and write it anew with: regress --update REASON", e);
        }
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this with { About = Explanation }, RegressionJson.Default.Baseline) + "\n");

    /// <summary>The set of a mode under given conditions, or null.</summary>
    public BaselineSet? Find(string mode, string conditions) => Sets.Find(set => set.Mode == mode && set.Conditions == conditions);

    /// <summary>The same with a measured set put in, whose rows take the place of those of the same names.</summary>
    public Baseline With(BaselineSet measured)
    {
        var old = Find(measured.Mode, measured.Conditions);
        return this with { Sets = [.. Sets.Where(set => set != old), old is null ? measured : old.With(measured)] };
    }

    private static bool IsWhole(BaselineSet set) =>
        set is { Mode: not null, Conditions: not null, Rows: { } rows } && rows.TrueForAll(static row => row is { Name: not null, Unit: not null, Samples.Length: > 0 });
}
