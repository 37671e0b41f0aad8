using System.Text.Json;

namespace Emu.Bench.Regression;

/// <summary>All baselines that there were: <c>bench/history.json</c>, oldest first.</summary>
internal sealed record History(List<BaselineSet> Entries)
{
    /// <summary>Reads the file; without one, no entries.</summary>
    /// <exception cref="InvalidDataException">It is no history.</exception>
    public static History Read(string path)
    {
        if (!File.Exists(path))
            return new History([]);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RegressionJson.Default.History) is { Entries: not null } history ? history : throw new JsonException("it has no entries");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no history: {e.Message.TrimEnd('.')}; mend it, or take it from an earlier commit", e);
        }
    }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, RegressionJson.Default.History) + "\n");
}
