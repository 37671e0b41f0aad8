using System.Globalization;

namespace Emu.Generators.Isa;

/// <summary>The arguments of <c>is=NAME(…)</c>.</summary>
internal static class Expansion
{
    /// <summary>
    /// The argument as a C# expression over the view <c>fields</c>, of the parameter's type: an operand of the compressed
    /// row, a number, or for a register parameter a member of its type. Null if it is none of these.
    /// </summary>
    public static string? Argument(InstructionRow row, int index)
    {
        var text = row.Properties.Arguments[index];
        var parameter = row.Target!.Operands[index].Operand;
        if (row.Operands.FirstOrDefault(field => field.Name == text) is { } field)
            return field.Operand.Type == parameter.Type ? "fields." + field.PropertyName
                : field.Operand.IsRegister || parameter.IsRegister ? null
                : $"({parameter.Type})fields.{field.PropertyName}";
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return parameter.IsRegister ? null : number.ToString(CultureInfo.InvariantCulture);
        return parameter.IsRegister && char.IsLetter(text[0]) ? $"{parameter.Type}.{Names.Pascal(text)}" : null;
    }
}
