using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Reads single instruction rows; what refers to other rows is left to <see cref="IsaLinker"/>.</summary>
internal sealed class InstructionReader(
    IReadOnlyDictionary<string, OperandRow> operands, IReadOnlyDictionary<string, Format> formats, List<IsaProblem> problems)
{
    private static readonly Regex ConditionNotation = new(@"^(\w+)(!?=)(\w+)$");

    private static readonly Regex Word = new(@"[a-z]\w*");

    /// <summary>The row, or null after its problems have been noted.</summary>
    public InstructionRow? Read(TableRow row)
    {
        if (row.Cells.Length is not (5 or 6) || row[0].Length == 0)
            return Fail(row, "an instruction has five or six cells");
        if (RowProperties.Parse(row[4], out var error) is not { } properties)
            return Fail(row, error!);
        if (BitPattern.Parse(row[3], out error) is not { } pattern)
            return Fail(row, error!, IsaProblem.BadEncoding);
        if (!formats.TryGetValue(row[1], out var format))
            return Fail(row, $"there is no format '{row[1]}'", IsaProblem.UnknownFormat);
        List<Field> fields = [];
        foreach (var name in Names.Words(row[2]))
            if (format.Find(name) is { } field)
                fields.Add(field);
            else
                return Fail(row, $"format '{format.Name}' has no operand '{name}'", IsaProblem.UnknownOperand);
        List<Condition> conditions = [];
        foreach (var text in properties.Where)
            if (ReadCondition(text, format) is { } condition)
                conditions.Add(condition);
            else
                return Fail(row, $"'{text}' is no condition on the operands");
        var kind = properties.Class is not null ? RowKind.Base : properties.Is is not null ? RowKind.Compressed : RowKind.Alias;
        var instruction = new InstructionRow(row, kind, format, fields, pattern, properties, conditions);
        return FitsMask(instruction) && FitsText(instruction) && FitsConditions(instruction) ? instruction : null;
    }

    private static Condition? ReadCondition(string text, Format format)
    {
        var match = ConditionNotation.Match(text);
        if (!match.Success || format.Find(match.Groups[1].Value) is not { } left)
            return null;
        var equal = match.Groups[2].Value == "=";
        var right = match.Groups[3].Value;
        if (uint.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new Condition(left, equal, null, number);
        return format.Find(right) is { } field ? new Condition(left, equal, field, 0) : null;
    }

    private bool FitsMask(InstructionRow instruction)
    {
        var covered = 0u;
        foreach (var field in instruction.Operands)
        {
            if ((covered & field.Mask) != 0)
                return Fail(instruction.Row, $"operand '{field.Name}' covers bits of another", IsaProblem.BadMask) is not null;
            covered |= field.Mask;
        }

        // An alias may show an operand whose value it fixes.
        return (instruction.Kind == RowKind.Alias ? covered & instruction.Pattern.Free : covered) == instruction.Pattern.Free
            || Fail(instruction.Row, $"free bits are 0x{instruction.Pattern.Free:X}, operands cover 0x{covered:X}", IsaProblem.BadMask) is not null;
    }

    private bool FitsText(InstructionRow instruction)
    {
        foreach (Match word in Word.Matches(instruction.Text))
            if (!operands.ContainsKey(word.Value) || instruction.Operands.All(field => field.Name != word.Value))
                return Fail(instruction.Row, $"the text names '{word.Value}'", IsaProblem.BadText) is not null;
        return true;
    }

    private bool FitsConditions(InstructionRow instruction)
    {
        foreach (var condition in instruction.Conditions)
            if (instruction.Kind != RowKind.Alias && (condition.Equal || condition.Right is not null))
                return Fail(instruction.Row, "only an alias may compare operands for equality") is not null;
        return true;
    }

    private InstructionRow? Fail(TableRow row, string message, Microsoft.CodeAnalysis.DiagnosticDescriptor? rule = null)
    {
        problems.Add(new IsaProblem(rule ?? IsaProblem.BadRow, row, message));
        return null;
    }
}
