using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>A row of formats.isa: the operands of an instruction word.</summary>
internal sealed record Format(TableRow Row, IReadOnlyList<Field> Fields)
{
    public string Name => Row[0];

    public string TypeName => "Format" + Names.Pascal(Name);

    public Field? Find(string operand) => Fields.FirstOrDefault(field => field.Name == operand);

    /// <summary>Understands a row.</summary>
    public static Format? Parse(TableRow row, IReadOnlyDictionary<string, OperandRow> operands, out string? error)
    {
        error = row.Cells.Length != 2 ? "a format has two cells" : null;
        List<Field> fields = [];
        foreach (var word in Names.Words(row[1]))
        {
            var (name, slices, bias, problem) = Field.Parse(word);
            if (problem is null && !operands.ContainsKey(name))
                problem = $"operand '{name}' is not in operands.isa";
            if (problem is not null)
            {
                error ??= problem;
                continue;
            }

            var place = fields.FindIndex(field => field.Name == name);
            if (place < 0)
                fields.Add(new Field(operands[name], slices, bias));
            else
                fields[place] = fields[place] with { Slices = [.. fields[place].Slices, .. slices] };
        }

        return error is null ? new Format(row, fields) : null;
    }
}
