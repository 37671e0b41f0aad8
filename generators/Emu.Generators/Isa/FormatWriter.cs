using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Writes the views of an instruction word, one per format.</summary>
internal static class FormatWriter
{
    public static string Write(string space, IsaModel model)
    {
        var writer = new SourceWriter().Line($"namespace {space};");
        foreach (var format in model.Formats)
        {
            writer.Line().Summary($"The operands of an instruction word of format '{format.Name}'.")
                .Open($"public readonly struct {format.TypeName}(uint bits)");
            if (format.Fields.Count == 0)
                writer.Summary("The instruction word.").Line("public uint Bits => bits;");
            foreach (var field in format.Fields)
                writer.Summary($"Operand {field.Name}.").Line($"public {field.Operand.Type} {field.PropertyName} => {field.Decode("bits")};");
            writer.Close();
        }

        return writer.ToString();
    }
}
