using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Writes the enum of extensions and what is known of each.</summary>
internal static class ExtensionWriter
{
    public static string Write(string space, IsaModel model)
    {
        var rows = model.Extensions;
        var writer = new SourceWriter().Line($"namespace {space};").Line()
            .Summary("The extensions of the guest's instruction set; each is a row of Isa/extensions.isa.").Open("public enum Extension : byte");
        foreach (var row in rows)
            writer.Summary(row.Name).Line(row.MemberName + ",");
        writer.Close().Line().Summary("Static data about the extensions, indexed by Extension; sets are bits of a word.").Open("internal static class ExtensionTables");
        Member(writer, "The names, as in an ISA string.", "string[]", "Names", rows.Select(static row => $"\"{row.Name}\""));
        Member(writer, "The first of the sets, each a part of the next, that has it.", "string[]", "Since", rows.Select(static row => $"\"{row.Since}\""));
        Member(writer, "True for a name that is refused.", "bool[]", "Missing", rows.Select(static row => row.IsMissing ? "true" : "false"));
        Member(writer, "The extensions without which it cannot be.", "ulong[]", "Needs", rows.Select(row => $"0x{model.SetOf(row.Needs):X}UL"));
        Member(writer, "The bits by which the operating system tells programs of it.", "ulong[]", "Probes",
            rows.Select(static row => $"0x{row.Probe.Aggregate(0UL, static (bits, bit) => bits | (1UL << bit)):X}UL"));
        return writer.Close().ToString();
    }

    private static void Member(SourceWriter writer, string summary, string type, string name, IEnumerable<string> items) =>
        writer.Summary(summary).Line($"public static readonly {type} {name} = [{string.Join(", ", items)}];");
}
