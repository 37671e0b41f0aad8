using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Writes the sets of registers that an instruction reads and writes.</summary>
internal static class RegisterWriter
{
    public static string Write(string space, IsaModel model)
    {
        var writer = new SourceWriter().Line($"namespace {space};").Line()
            .Summary("The registers that instructions name as operands.").Open("internal static class InstructionRegisters");
        Method(writer, model, "Reads", "The registers that a base instruction reads.", "read");
        Method(writer, model, "Writes", "The registers that a base instruction writes.", "write");
        return writer.Close().ToString();
    }

    private static void Method(SourceWriter writer, IsaModel model, string name, string summary, string access)
    {
        writer.Summary(summary).Open($"public static RegisterSet {name}(Opcode opcode, uint bits)").Open("switch (opcode)");
        var groups = model.Bases
            .Select(row => (Row: row, Registers: row.Operands.Where(field => field.Operand.Access == access || field.Operand.Access == "update").ToList()))
            .Where(static pair => pair.Registers.Count > 0)
            .GroupBy(static pair => (pair.Row.Format.TypeName, Value: string.Concat(pair.Registers.Select(static field => $".With(fields.{field.PropertyName})"))));
        foreach (var group in groups)
        {
            foreach (var (row, _) in group)
                writer.Line($"case Opcode.{row.MethodName}:");
            writer.Open().Line($"var fields = new {group.Key.TypeName}(bits);").Line($"return RegisterSet.Empty{group.Key.Value};").Close();
        }

        writer.Line("default: return RegisterSet.Empty;").Close().Close();
    }
}
