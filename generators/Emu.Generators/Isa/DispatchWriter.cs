using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>
/// Writes the declarations of the semantics methods and the switch that calls them. A declaration stands at its row's place:
/// the compiler names the row if the method is missing or has other parameters.
/// </summary>
internal static class DispatchWriter
{
    public static string Write(string space, IsaModel model)
    {
        var writer = new SourceWriter().Line($"namespace {space};").Line().Open("partial struct InstructionSemantics");
        foreach (var row in model.Bases)
            writer.Line($"#line {row.Row.Line + 1} \"{row.Row.Path}\"")
                .Line($"private partial void {row.MethodName}({Parameters(row)});")
                .Line("#line default");
        writer.Line().Summary("Writes the IR of an instruction.").Open("private void Dispatch(Opcode opcode, uint bits)").Open("switch (opcode)");
        foreach (var row in model.Instructions)
        {
            writer.Line($"case Opcode.{row.MethodName}:").Open().Line($"var fields = new {row.Format.TypeName}(bits);");
            writer.Line($"{row.Base.MethodName}({Arguments(row)});").Line("return;").Close();
        }

        return writer.Line("default: Illegal(bits); return;").Close().Close().Close().ToString();
    }

    /// <summary>The parameters that take a row's operands.</summary>
    public static string Parameters(InstructionRow row) =>
        string.Join(", ", row.Operands.Select(static field => $"{field.Operand.Type} {field.Name}"));

    /// <summary>The operands of the base instruction, as expressions over the view <c>fields</c>.</summary>
    public static string Arguments(InstructionRow row) => row.Kind == RowKind.Compressed
        ? string.Join(", ", row.Target!.Operands.Select((_, index) => Expansion.Argument(row, index)))
        : string.Join(", ", row.Operands.Select(static field => "fields." + field.PropertyName));
}
