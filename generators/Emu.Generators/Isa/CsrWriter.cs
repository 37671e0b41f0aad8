using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Writes the names of control and status registers, which of them can be used, and the calls of their methods.</summary>
internal static class CsrWriter
{
    public static string Write(string space, IsaModel model)
    {
        var writer = new SourceWriter().Line("using Emu.Ir;").Line().Line($"namespace {space};").Line()
            .Summary("The names of control and status registers.").Open("public static class CsrNames")
            .Summary("The name of a register, or null if its number has none.")
            .Open("public static string? NameOf(uint number) => number switch");
        foreach (var (number, name) in model.Csrs.SelectMany(static row => row.Registers()))
            writer.Line($"0x{number:X} => \"{name}\",");
        writer.Line("_ => null,").Close(";").Close().Line();
        writer.Summary("Which control and status registers can be used.").Open("internal static class CsrAccess");
        Access(writer, "CanRead", "True if the register can be read.", model.Csrs.Where(static row => row.CanRead));
        Access(writer, "CanWrite", "True if the register can be written.", model.Csrs.Where(static row => row.CanWrite));
        writer.Summary("The extensions without which the register cannot be used, as bits by Extension.").Open("public static ulong Requires(uint number) => number switch");
        foreach (var row in model.Csrs.Where(static row => row.Extension is not null))
            writer.Line($"0x{row.Number:X} => 0x{model.SetOf([row.Extension!]):X}UL,");
        writer.Line("_ => 0,").Close(";");
        writer.Close().Line().Open("partial struct InstructionSemantics");
        foreach (var row in model.Csrs.Where(static row => row.CanRead))
            Declare(writer, row, $"private partial IrValue Read{row.MethodName}();");
        foreach (var row in model.Csrs.Where(static row => row.CanWrite))
            Declare(writer, row, $"private partial void Write{row.MethodName}(IrValue value);");
        writer.Open("private IrValue ReadCsr(uint number) => number switch");
        foreach (var row in model.Csrs.Where(static row => row.CanRead))
            writer.Line($"0x{row.Number:X} => Read{row.MethodName}(),");
        writer.Line("_ => throw new ArgumentOutOfRangeException(nameof(number)),").Close(";");
        writer.Open("private void WriteCsr(uint number, IrValue value)").Open("switch (number)");
        foreach (var row in model.Csrs.Where(static row => row.CanWrite))
            writer.Line($"case 0x{row.Number:X}: Write{row.MethodName}(value); return;");
        writer.Line("default: throw new ArgumentOutOfRangeException(nameof(number));").Close().Close();
        return writer.Close().ToString();
    }

    private static void Declare(SourceWriter writer, CsrRow row, string declaration) =>
        writer.Line($"#line {row.Row.Line + 1} \"{row.Row.Path}\"").Line(declaration).Line("#line default");

    private static void Access(SourceWriter writer, string name, string summary, IEnumerable<CsrRow> rows) =>
        writer.Summary(summary).Line($"public static bool {name}(uint number) => number is {string.Join(" or ", rows.Select(static row => $"0x{row.Number:X}").DefaultIfEmpty("uint.MaxValue"))};");
}
