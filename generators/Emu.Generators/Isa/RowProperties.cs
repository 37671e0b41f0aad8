namespace Emu.Generators.Isa;

/// <summary>The properties cell of an instruction row.</summary>
internal sealed record RowProperties(
    string? Class, string? Is, IReadOnlyList<string> Arguments, string? Alias, string? Over, IReadOnlyList<string> Where, IReadOnlyList<string> Or, IReadOnlyList<string> With)
{
    /// <summary>Reads the cell; null with a reason if it has an unknown word or not exactly one of class, is and alias.</summary>
    public static RowProperties? Parse(string cell, out string? error)
    {
        string? kind = null, target = null, alias = null, over = null;
        string[] arguments = [], where = [], or = [], with = [];
        error = null;
        var roles = 0;
        foreach (var word in Names.Words(cell))
        {
            var equals = word.IndexOf('=');
            var (key, value) = equals < 0 ? (word, "") : (word.Substring(0, equals), word.Substring(equals + 1));
            switch (key)
            {
                case "class": kind = value; roles++; break;
                case "alias": alias = value; roles++; break;
                case "over": over = value; break;
                case "where": where = value.Split(','); break;
                case "or": or = value.Split(','); break;
                case "with": with = value.Split(','); break;
                case "is":
                    roles++;
                    var open = value.IndexOf('(');
                    if (open < 1 || !value.EndsWith(")", StringComparison.Ordinal))
                    {
                        error = $"'{value}' is no expansion";
                        return null;
                    }

                    target = value.Substring(0, open);
                    arguments = value.Substring(open + 1, value.Length - open - 2).Split([','], StringSplitOptions.RemoveEmptyEntries);
                    break;
                default:
                    error = $"unknown property '{key}'";
                    return null;
            }
        }

        if (roles != 1)
            error = "a row has exactly one of class=, is= and alias=";
        return error is null ? new RowProperties(kind, target, arguments, alias, over, where, or, with) : null;
    }
}
