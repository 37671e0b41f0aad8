using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Writes the decoder's static data and the per-instruction facts.</summary>
internal static class TableWriter
{
    public static string Write(string space, IsaModel model)
    {
        var rows = model.Instructions;
        var writer = new SourceWriter().Line($"namespace {space};").Line()
            .Summary("Static data about the instructions, indexed by Opcode.")
            .Open("internal static class InstructionTables")
            .Summary("Number of opcodes, Illegal included.").Line($"public const int Count = {rows.Count + 1};").Line();
        Span(writer, "ushort", "Trie", "The decision tree of InstructionDecoder.", new DecodeTrie(rows).Words.Select(static word => $"0x{word:X}"));
        Span(writer, "uint", "Masks", "The bits that an encoding fixes.", Each("0xFFFFFFFF", row => $"0x{row.Pattern.Mask:X}"));
        Span(writer, "uint", "Matches", "The values of these bits.", Each("0", row => $"0x{row.Pattern.Match:X}"));
        Span(writer, "uint", "Free", "The bits that belong to operands.", Each("0", row => $"0x{row.Pattern.Free:X}"));
        Span(writer, "ushort", "Fallbacks", "The opcode to try if an encoding does not fit.",
            Each("0", row => row.Over is { } over ? $"(ushort)Opcode.{over.MethodName}" : "0"));
        Span(writer, "ushort", "Bases", "The opcode that has the semantics.", Each("0", row => $"(ushort)Opcode.{row.Base.MethodName}"));
        Span(writer, "byte", "Classes", "The class.", Each("(byte)InstructionClass.Illegal",
            row => $"(byte)InstructionClass.{Names.Pascal(row.Base.Properties.Class!)}"));
        Span(writer, "ulong", "Providers", "The extensions of which any one brings the instruction, as bits by Extension; 0 if it is always there.",
            Each("0", row => $"0x{model.SetOf(row.Extensions):X}"));
        Span(writer, "ulong", "Requires", "The extensions that must be there, too.", Each("0", row => $"0x{model.SetOf(row.Properties.With):X}"));
        WriteExclusions(writer, rows);
        writer.Line().Summary("The names, as the manual writes them.")
            .Line($"public static readonly string[] Names = [{string.Join(", ", Each("\"illegal\"", row => $"\"{row.Name}\""))}];");
        return writer.Close().ToString();

        IEnumerable<string> Each(string illegal, Func<InstructionRow, string> value) => rows.Select(value).Prepend(illegal);
    }

    private static void WriteExclusions(SourceWriter writer, IReadOnlyList<InstructionRow> rows)
    {
        List<string> starts = ["0"], masks = [], matches = [];
        foreach (var row in rows)
        {
            starts.Add($"{masks.Count}");
            foreach (var (mask, match) in row.Exclusions)
            {
                masks.Add($"0x{mask:X}");
                matches.Add($"0x{match:X}");
            }
        }

        starts.Add($"{masks.Count}");
        Span(writer, "ushort", "ExclusionStarts", "Where an opcode's reserved encodings start in ExclusionMasks; they end where the next one's start.", starts);
        Span(writer, "uint", "ExclusionMasks", "Reserved encodings within an encoding: the fixed bits.", masks);
        Span(writer, "uint", "ExclusionMatches", "The values of these bits.", matches);
    }

    private static void Span(SourceWriter writer, string type, string name, string summary, IEnumerable<string> items) =>
        writer.Summary(summary).Line($"public static ReadOnlySpan<{type}> {name} => [{string.Join(", ", items)}];");
}
