using System.Text.Json;
using Emu.Cli.Tests.Launching;
using Json.Schema;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>What <c>--report json</c> writes is what <c>report.schema.json</c> of each plugin, and of <c>src/Emu.Cli</c> for the rest, says.</summary>
public sealed class SchemaTests
{
    // Each plugin under options that change what it tells, so that each member of its schema is there once.
    private static readonly string[] Runs =
    [
        "bb", "bb,inline", "bbv,outfile=@", "branches,returns", "cflow", "calls", "shadowstack", "uftrace,outdir=@", "cache", "cache,l3,cores=2,l2policy=inclusive,write=back,tlb,stlbentries=8", "coverage,outfile=@", "drcov,filename=@", "empty", "events", "execlog,outfile=@",
        "flame,outfile=@", "hotblocks", "hotpages", "howvec", "howvec,verbose", "howvec,count=load", "inline", "insn", "insn,sizes", "insn,match=add", "ips,ips=100000000", "mem", "mem,region-summary",
        "memtrace,outfile=@", "mix", "mix,functions", "record,outfile=@", "regs,at=partition,at=never_there,reg=a0", "report,outfile=@", "reset", "reuse,window=10000", "stoptrigger,icount=100", "syscall", "traps",
    ];

    private static readonly Dictionary<string, JsonSchema> Schemas = [];
    private static readonly Lock Gate = new();

    public static IEnumerable<(string Plugin, string Guest)> Cases() => Runs.SelectMany(static run => (string[])["bin/sort", "bin/signals"], static (run, guest) => (run, guest));

    [Test]
    [MethodDataSource(nameof(Cases))]
    public async Task A_report_is_as_the_schemas_say(string plugin, string guest)
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("--report", "json", "--report-file", scratch.File("report"), "-D", scratch.File("log"), "-p", plugin.Replace("@", scratch.File("out"), StringComparison.Ordinal), guest).Run();
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(scratch.File("report")));
        await AssertValid(SchemaOf("src/Emu.Cli"), report.RootElement);
        foreach (var member in report.RootElement.EnumerateObject().Where(static member => member.Name != "emu"))
            await AssertValid(SchemaOf(FolderOf(member.Name)), member.Value);
    }

    [Test]
    [Arguments("bb", """{ "total": { "blocks": 1, "insns": 2, "more": 3 } }""")]
    [Arguments("bb", """{ "total": { "blocks": 1 } }""")]
    [Arguments("bb", """{ "total": { "blocks": 1, "insns": "2" } }""")]
    [Arguments("hotblocks", """{ "summary": { "entries": 1 }, "blocks": [ { "pc": "12", "tcount": 1, "icount": 1, "ecount": 1 } ] }""")]
    public async Task What_is_not_as_a_schema_says_is_found(string plugin, string report)
    {
        using var parsed = JsonDocument.Parse(report);
        await Assert.That(SchemaOf(FolderOf(plugin)).Evaluate(parsed.RootElement).IsValid).IsFalse();
    }

    [Test]
    public async Task Every_plugin_has_a_schema()
    {
        var linked = Launch.Emu("--version").Run().OutputText.Split('\n')[2]["plugins: ".Length..].Split(", ");
        await Assert.That(linked.Where(static plugin => !File.Exists(Path.Combine(Repository.Root, FolderOf(plugin), "report.schema.json")))).IsEmpty();
        await Assert.That(linked.Except(Runs.Select(static run => run.Split(',')[0])).Where(static plugin => plugin is not ("hwprofile" or "lockstep"))).IsEmpty();
    }

    private static async Task AssertValid(JsonSchema schema, JsonElement value)
    {
        var result = schema.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var problems = (result.Details ?? []).Where(static detail => detail.Errors is not null).Select(static detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}");
        await Assert.That(result.IsValid).IsTrue().Because(string.Join('\n', problems));
    }

    private static string FolderOf(string plugin) => $"plugins/{char.ToUpperInvariant(plugin[0])}{plugin[1..]}";

    private static JsonSchema SchemaOf(string folder)
    {
        // A schema may be read only once.
        lock (Gate)
            return Schemas.TryGetValue(folder, out var known) ? known : Schemas[folder] = JsonSchema.FromFile(Path.Combine(Repository.Root, folder, "report.schema.json"));
    }
}
