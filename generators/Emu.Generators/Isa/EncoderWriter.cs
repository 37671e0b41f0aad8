using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Writes one encoding function per instruction and the expansion of compressed instructions.</summary>
internal static class EncoderWriter
{
    public static string Write(string space, IsaModel model)
    {
        var writer = new SourceWriter().Line($"namespace {space};").Line()
            .Summary("Instruction words from operands. An operand that the encoding cannot hold is an ArgumentOutOfRangeException.")
            .Open("public static class InstructionEncoder");
        foreach (var row in model.Instructions)
            WriteEncoder(writer, row);
        WriteExpand(writer, model);
        WriteSetOffset(writer, model);
        return writer.Line("private static uint Bad(string name) => throw new ArgumentOutOfRangeException(null, $\"an operand does not fit '{name}'\");")
            .Close().ToString();
    }

    private static void WriteEncoder(SourceWriter writer, InstructionRow row)
    {
        var terms = row.Operands.Select(static field => field.Encode(field.Name)).Prepend($"0x{row.Pattern.Match:X}u");
        var fits = row.Operands.Select(static field => $"fields.{field.PropertyName} == {field.Name}")
            .Prepend($"InstructionDecoder.Decode(bits) == Opcode.{row.MethodName}");
        writer.Summary(row.Name).Open($"public static uint {row.MethodName}({DispatchWriter.Parameters(row)})")
            .Line($"var bits = {string.Join(" | ", terms)};")
            .Line($"var fields = new {row.Format.TypeName}(bits);")
            .Line($"return {string.Join(" && ", fits)} ? bits : Bad(\"{row.Name}\");").Close();
    }

    private static void WriteExpand(SourceWriter writer, IsaModel model)
    {
        writer.Summary("The base instruction word that a compressed one stands for; any other word unchanged.")
            .Open("public static uint Expand(Opcode opcode, uint bits)").Open("switch (opcode)");
        foreach (var row in model.Instructions.Where(static row => row.Kind == RowKind.Compressed))
            writer.Line($"case Opcode.{row.MethodName}:").Open().Line($"var fields = new {row.Format.TypeName}(bits);")
                .Line($"return unchecked({string.Join(" | ", Expanded(row))});").Close();
        writer.Line("default: return bits;").Close().Close();
    }

    // Not through the base row's encoder, which refuses a word that a narrower row is decoded from: a hint may expand to one.
    private static IEnumerable<string> Expanded(InstructionRow row) => row.Base.Operands
        .Select((field, index) => field.Encode($"({Expansion.Argument(row, index)})")).Prepend($"0x{row.Base.Pattern.Match:X}u");

    private static void WriteSetOffset(SourceWriter writer, IsaModel model)
    {
        writer.Summary("The instruction word with another pc-relative offset.")
            .Open("internal static uint SetOffset(Opcode opcode, uint bits, int offset)").Open("switch (opcode)");
        foreach (var row in model.Instructions)
            if (row.Operands.FirstOrDefault(static field => field.Name == AssemblerWriter.OffsetOperand) is { } field)
                writer.Line($"case Opcode.{row.MethodName}:")
                    .Line($"    bits = bits & ~0x{field.Mask:X}u | {field.Encode("offset")};")
                    .Line($"    return new {row.Format.TypeName}(bits).{field.PropertyName} == offset ? bits : Bad(\"{row.Name}\");");
        writer.Line("default: return Bad(\"a label\");").Close().Close();
    }
}
