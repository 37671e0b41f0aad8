using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Writes the enum of all instructions.</summary>
internal static class OpcodeWriter
{
    public static string Write(string space, IsaModel model)
    {
        var writer = new SourceWriter().Line($"namespace {space};").Line()
            .Summary("The instructions of the guest, compressed ones included; each is a row of Isa/*.isa.")
            .Open("public enum Opcode : ushort")
            .Summary("No instruction.").Line("Illegal,");
        foreach (var row in model.Instructions)
            writer.Summary(row.Name + (row.Target is { } target ? $", expands to {target.Name}" : "")).Line(row.MethodName + ",");
        return writer.Close().ToString();
    }
}
