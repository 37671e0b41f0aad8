using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Writes one assembler method per instruction, and one more with a label for a pc-relative offset.</summary>
internal static class AssemblerWriter
{
    /// <summary>The operand that a label can stand for.</summary>
    public const string OffsetOperand = "offset";

    public static string Write(string space, IsaModel model)
    {
        var writer = new SourceWriter().Line($"namespace {space};").Line().Open("partial class Assembler");
        foreach (var row in model.Instructions)
        {
            var call = $"InstructionEncoder.{row.MethodName}({string.Join(", ", row.Operands.Select(static field => field.Name))})";
            writer.Summary(row.Name).Line($"public void {row.MethodName}({DispatchWriter.Parameters(row)}) => Emit({call}, {row.Pattern.Length / 8});");
            if (row.Operands.All(static field => field.Name != OffsetOperand))
                continue;
            var parameters = row.Operands.Select(static field => field.Name == OffsetOperand ? "Label target" : $"{field.Operand.Type} {field.Name}");
            var arguments = row.Operands.Select(static field => field.Name == OffsetOperand ? "0" : field.Name);
            writer.Summary(row.Name + " to a label").Open($"public void {row.MethodName}({string.Join(", ", parameters)})")
                .Line($"Refer(target, Opcode.{row.MethodName});")
                .Line($"Emit(InstructionEncoder.{row.MethodName}({string.Join(", ", arguments)}), {row.Pattern.Length / 8});").Close();
        }

        return writer.Close().ToString();
    }
}
