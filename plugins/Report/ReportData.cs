using System.Text.Json;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>What the page shows, as the JSON that its script reads: rows are arrays, addresses texts, functions numbers of their rows.</summary>
internal sealed class ReportData
{
    private const int ShownBranches = 500;
    private const int ShownPages = 4000;

    private readonly Dictionary<FunctionRow, int> _numberOf = [];

    /// <summary>The program's name.</summary>
    public required string Title { get; init; }

    /// <summary>How long it ran.</summary>
    public required double Seconds { get; init; }

    /// <summary>The functions, the most executed first.</summary>
    public required IReadOnlyList<FunctionRow> Functions { get; init; }

    /// <summary>The flame graph; empty if call stacks were not counted.</summary>
    public IReadOnlyList<FlameRow> Frames { get; init; } = [];

    /// <summary>The blocks to show, the hottest first.</summary>
    public IReadOnlyList<BlockRow> Blocks { get; init; } = [];

    /// <summary>Counts of classes of instructions, by words.</summary>
    public IReadOnlyList<(string Name, ulong Count)> Classes { get; init; } = [];

    /// <summary>Counts of extensions.</summary>
    public IReadOnlyList<(string Name, ulong Count)> Extensions { get; init; } = [];

    /// <summary>What sends the program elsewhere, the most executed first.</summary>
    public IReadOnlyList<BranchRow> Branches { get; init; } = [];

    /// <summary>Pages of memory; those that were accessed most are shown, by address.</summary>
    public IReadOnlyList<(ulong Address, ulong Reads, ulong Writes)> Pages { get; init; } = [];

    public IReadOnlyList<ThreadTimes.ThreadTime> Threads { get; init; } = [];

    /// <summary>Where an instruction comes from.</summary>
    public Func<ulong, SourceFrame> SourceOf { get; init; } = static _ => default;

    /// <summary>The file that is mapped at an address; empty if none is.</summary>
    public Func<ulong, string> ModuleOf { get; init; } = static _ => "";

    /// <summary>Reads source files.</summary>
    public SourceFiles Sources { get; init; } = new(isOn: false);

    public byte[] ToJson()
    {
        using var bytes = new MemoryStream();
        // The usual encoder keeps what HTML could take for its own out of the texts.
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("title", Title);
            json.WriteNumber("seconds", Math.Round(Seconds, 6));
            WriteRows(json, "functions", Functions, WriteFunction);
            WriteRows(json, "frames", Frames, WriteFrame);
            WriteRows(json, "blocks", Blocks, WriteBlock);
            WriteRows(json, "classes", Classes, WriteCount);
            WriteRows(json, "extensions", Extensions, WriteCount);
            WriteRows(json, "branches", Branches.AsValueEnumerable().Take(ShownBranches).ToList(), WriteBranch);
            WriteRows(json, "flows", FlowCounts(), WriteCount);
            WriteRows(json, "pages", Pages.AsValueEnumerable().OrderByDescending(static page => page.Reads + page.Writes).Take(ShownPages).OrderBy(static page => page.Address).ToList(), WritePage);
            WriteRows(json, "threads", Threads, WriteThread);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private void WriteFunction(Utf8JsonWriter json, FunctionRow function)
    {
        _numberOf.Add(function, _numberOf.Count);
        json.WriteStringValue(function.Name);
        json.WriteStringValue(function.Module);
        json.WriteNumberValue(function.Instructions);
        json.WriteNumberValue(function.Entries);
        json.WriteNumberValue(function.Loads);
        json.WriteNumberValue(function.Stores);
    }

    private static void WriteFrame(Utf8JsonWriter json, FlameRow frame)
    {
        json.WriteNumberValue(frame.Depth);
        json.WriteStringValue(frame.Function);
        json.WriteNumberValue(frame.Total);
        json.WriteNumberValue(frame.Own);
    }

    private void WriteBlock(Utf8JsonWriter json, BlockRow row)
    {
        WriteAddress(json, row.Block.Address);
        json.WriteNumberValue(_numberOf[row.Function]);
        json.WriteNumberValue(row.Entries);
        json.WriteStartArray();
        var last = default(SourceFrame);
        foreach (var insn in row.Block.Instructions)
        {
            var source = SourceOf(insn.Address);
            // A line is shown where it begins.
            var isNew = source.Line > 0 && (source.File, source.Line) != (last.File, last.Line);
            json.WriteStartArray();
            WriteAddress(json, insn.Address);
            json.WriteStringValue(insn.Text);
            if (isNew)
            {
                json.WriteStringValue($"{source.File}:{source.Line}");
                json.WriteStringValue(Sources.LineOf(source.File, source.Line));
            }

            json.WriteEndArray();
            last = source;
        }

        json.WriteEndArray();
    }

    private void WriteBranch(Utf8JsonWriter json, BranchRow branch)
    {
        WriteAddress(json, branch.Instruction.Address);
        json.WriteNumberValue(_numberOf[branch.Function]);
        json.WriteStringValue(branch.Instruction.Text);
        json.WriteNumberValue(branch.Executed);
        // -1: it has no choice.
        if (branch.Instruction.Flow == ControlFlow.Branch)
            json.WriteNumberValue(branch.Executed - branch.NotTaken);
        else
            json.WriteNumberValue(-1);
    }

    private void WritePage(Utf8JsonWriter json, (ulong Address, ulong Reads, ulong Writes) page)
    {
        WriteAddress(json, page.Address);
        json.WriteNumberValue(page.Reads);
        json.WriteNumberValue(page.Writes);
        json.WriteStringValue(ModuleOf(page.Address));
    }

    private void WriteThread(Utf8JsonWriter json, ThreadTimes.ThreadTime thread)
    {
        json.WriteNumberValue(thread.Thread);
        json.WriteNumberValue(Math.Round(thread.Start, 6));
        json.WriteNumberValue(Math.Round(thread.End ?? Seconds, 6));
        json.WriteStartArray();
        foreach (var (start, end) in thread.Waits)
        {
            json.WriteNumberValue(Math.Round(start, 6));
            json.WriteNumberValue(Math.Round(end, 6));
        }

        json.WriteEndArray();
    }

    private static void WriteCount(Utf8JsonWriter json, (string Name, ulong Count) count)
    {
        json.WriteStringValue(count.Name);
        json.WriteNumberValue(count.Count);
    }

    private static void WriteAddress(Utf8JsonWriter json, ulong address) => json.WriteStringValue($"0x{address:x}");

    private static void WriteRows<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartArray();
            write(json, row);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private List<(string Name, ulong Count)> FlowCounts()
    {
        var counts = new SortedDictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var branch in Branches)
            if (branch.Instruction.Flow == ControlFlow.Branch)
            {
                counts["branch taken"] = counts.GetValueOrDefault("branch taken") + branch.Executed - branch.NotTaken;
                counts["branch not taken"] = counts.GetValueOrDefault("branch not taken") + branch.NotTaken;
            }
            else
            {
                var name = NameOf(branch.Instruction.Flow);
                counts[name] = counts.GetValueOrDefault(name) + branch.Executed;
            }

        var list = new List<(string, ulong)>();
        foreach (var (name, count) in counts)
            list.Add((name, count));
        return list;
    }

    private static string NameOf(ControlFlow flow) => flow switch
    {
        ControlFlow.Jump => "jump",
        ControlFlow.IndirectJump => "indirect jump",
        ControlFlow.Call => "call",
        ControlFlow.IndirectCall => "indirect call",
        ControlFlow.Return => "return",
        ControlFlow.ReturnAndCall => "return and call",
        _ => "other",
    };
}
