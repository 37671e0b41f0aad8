namespace Emu.Bench.Regression;

/// <summary>The kind of machine that this is, for times: its processor's name and how many there are. Nothing that tells one such machine from another.</summary>
internal static class MachineClass
{
    private static readonly string[] Fields = ["model name", "cpu family", "model", "stepping"];

    public static string Current() => Of(File.ReadLines("/proc/cpuinfo"), Environment.ProcessorCount);

    /// <param name="lines">The first processor's lines of <c>/proc/cpuinfo</c>.</param>
    /// <param name="processors">How many there are.</param>
    public static string Of(IEnumerable<string> lines, int processors)
    {
        var values = new Dictionary<string, string>();
        foreach (var line in lines)
            if (line.Split(':', 2) is [var name, var value])
                values.TryAdd(name.Trim(), value.Trim());
        var parts = Fields.Where(values.ContainsKey).Select(field => field == "model name" ? values[field] : $"{field} {values[field]}");
        return string.Join(", ", parts.Append(processors == 1 ? "1 processor" : $"{processors} processors"));
    }
}
