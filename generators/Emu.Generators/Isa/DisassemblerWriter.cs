using System.Text.RegularExpressions;
using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Writes the switch that prints an instruction: its aliases in the order of the tables, then itself.</summary>
internal static class DisassemblerWriter
{
    private static readonly Regex Token = new(@"[a-z]\w*|[^a-z]+");

    public static string Write(string space, IsaModel model)
    {
        var writer = new SourceWriter().Line($"namespace {space};").Line().Open("partial class Disassembler")
            .Summary("Writes the text of an instruction.").Open("private static void Write(DisassemblyText text, Opcode opcode, uint bits)").Open("switch (opcode)");
        foreach (var row in model.Instructions)
        {
            writer.Line($"case Opcode.{row.MethodName}:").Open();
            foreach (var alias in model.AliasesOf(row))
                writer.Open($"if ({Test(alias)})").Line($"var alias = new {alias.Format.TypeName}(bits);").Line(Print(alias, "alias")).Line("return;").Close();
            if (row.Kind == RowKind.Compressed)
                writer.Line($"Write(text, Opcode.{row.Base.MethodName}, InstructionEncoder.Expand(opcode, bits));");
            else
                writer.Line($"var fields = new {row.Format.TypeName}(bits);").Line(Print(row, "fields"));
            writer.Line("return;").Close();
        }

        return writer.Close().Close().Close().ToString();
    }

    private static string Test(InstructionRow alias)
    {
        var tests = alias.Conditions.Select(condition =>
        {
            var right = condition.Right is { } field ? $"alias.{field.PropertyName}" : $"({condition.Left.Operand.Type}){condition.Number}";
            return $"alias.{condition.Left.PropertyName} {(condition.Equal ? "==" : "!=")} {right}";
        }).Select(test => test.Replace("alias.", $"new {alias.Format.TypeName}(bits)."));
        return string.Join(" && ", tests.Prepend($"(bits & 0x{alias.Pattern.Mask:X}u) == 0x{alias.Pattern.Match:X}u"));
    }

    private static string Print(InstructionRow row, string view)
    {
        var mnemonic = $"text.Mnemonic(\"{row.Name}\");";
        var suffix = Calls(OperandPlace.Suffix);
        var list = Token.Matches(row.Text).Cast<Match>().Select(token =>
            row.Operands.FirstOrDefault(field => field.Name == token.Value) is { } field ? Call(field) : $"text.Literal(\"{token.Value}\");");
        var tab = row.Text.Length > 0 ? "text.Literal(\"\\t\");" : "";
        return string.Join(" ", new[] { mnemonic }.Concat(suffix).Append(tab).Concat(list).Concat(Calls(OperandPlace.Tail)).Where(static call => call.Length > 0));

        IEnumerable<string> Calls(OperandPlace place) => row.Operands.Where(field => field.Operand.Place == place).Select(Call);

        string Call(Field field) => $"text.{field.Operand.Shown}({view}.{field.PropertyName});";
    }
}
