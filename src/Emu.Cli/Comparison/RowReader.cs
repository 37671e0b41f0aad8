using System.Text.Json;
using ZLinq;

namespace Emu.Cli.Comparison;

/// <summary>Finds the rows of an object of a report.</summary>
/// <param name="rows">Takes them.</param>
internal sealed class RowReader(Dictionary<string, ReportRow> rows)
{
    /// <summary>Adds an object's row and those of what is in it.</summary>
    /// <param name="name">The way to the object.</param>
    /// <param name="item">The object.</param>
    /// <param name="left">Its members that are no values to compare.</param>
    public void Read(string name, JsonElement item, string[] left)
    {
        var fields = new List<RowField>();
        foreach (var member in item.EnumerateObject())
            if (Array.IndexOf(left, member.Name) >= 0)
                continue;
            else if (member.Value.ValueKind == JsonValueKind.Object)
                Read(Join(name, member.Name), member.Value, []);
            else if (member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().AsValueEnumerable().Any(static element => element.ValueKind == JsonValueKind.Object))
                ReadTable(Join(name, member.Name), member.Value);
            else
                fields.Add(Field(member));
        if (fields.Count > 0)
            rows[name] = new ReportRow(name, fields);
    }

    /// <summary>An element is named by its texts, as those of addresses and names are; without any by its first value, such as the number of a vCPU. What is named alike is counted.</summary>
    private void ReadTable(string name, JsonElement table)
    {
        var named = new Dictionary<string, int>();
        foreach (var element in table.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
                continue;
            var keys = Keys(element);
            var key = keys.AsValueEnumerable().Select(member => Text(element.GetProperty(member))).JoinToString(" ");
            var alike = named[key] = named.GetValueOrDefault(key) + 1;
            Read(alike == 1 ? $"{name}[{key}]" : $"{name}[{key}] #{alike}", element, keys);
        }
    }

    private static string[] Keys(JsonElement element)
    {
        var texts = element.EnumerateObject().AsValueEnumerable().Where(static member => member.Value.ValueKind == JsonValueKind.String).Select(static member => member.Name).ToArray();
        return texts.Length > 0 ? texts : element.EnumerateObject().AsValueEnumerable().Select(static member => member.Name).Take(1).ToArray();
    }

    private static RowField Field(JsonProperty member) =>
        new(member.Name, Text(member.Value), member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDecimal(out var number) ? number : null);

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().AsValueEnumerable().Select(static element => element.ToString()).JoinToString(" ") : value.ToString();

    private static string Join(string name, string member) => name.Length == 0 ? member : $"{name}.{member}";
}
