using Emu.Generators.Shared;

namespace Emu.Generators.Plugins.Traces;

/// <summary>Writes what a record of a trace gets: where its fields are and what they hold.</summary>
internal static class TraceRecordWriter
{
    private const string Contract = "global::Emu.Plugins.";
    private const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";

    public static string Write(TraceRecordModel record)
    {
        var writer = new SourceWriter();
        if (record.Space.Length > 0)
            writer.Line($"namespace {record.Space};").Line();
        for (var i = 0; i < record.Types.Length - 1; i++)
            writer.Open(record.Types[i]);
        writer.Open($"{record.Types[record.Types.Length - 1]} : {Contract}ITraceRecord")
            .Open($"static global::System.Collections.Generic.IReadOnlyList<{Contract}TraceField> {Contract}ITraceRecord.Fields")
            .Open("get")
            .Line($"{record.Name} record = default;")
            .Line($"ref var start = ref {Unsafe}.As<{record.Name}, byte>(ref record);")
            .Open("return new[]");
        foreach (var (name, type, size, value) in record.Fields)
            writer.Line($"new {Contract}TraceField(({Contract}TraceValue){value}, (int){Unsafe}.ByteOffset(ref start, ref {Unsafe}.As<{type}, byte>(ref record.{name})), {size}),");
        writer.Close(";").Close().Close();
        for (var i = 0; i < record.Types.Length; i++)
            writer.Close();
        return writer.ToString();
    }
}
