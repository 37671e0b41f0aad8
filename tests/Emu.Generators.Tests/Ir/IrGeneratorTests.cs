using Emu.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Emu.Generators.Tests.Ir;

public class IrGeneratorTests
{
    private const string Rows = """
        # a comment
        Or    | d a b    | pure commutative | a \| b | Bitwise or.
        Load  | d a imm size | reads faults | - | A load.
        Nop   |          | marker           | - | Nothing.
        """;

    private static CancellationToken Cancel => TestContext.Current!.Execution.CancellationToken;

    [Test]
    public async Task EverythingThatDependsOnTheOpsIsWritten()
    {
        var result = Run(Rows);
        await Assert.That(result.Diagnostics).IsEmpty();
        var sources = result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
        await Assert.That(sources["IrOp.g.cs"]).Contains("    Or,\n    /// <summary>A load.</summary>\n    Load,\n");
        await Assert.That(sources["IrOps.g.cs"]).Contains("(ushort)(IrProperties.Pure | IrProperties.Commutative)");
        await Assert.That(sources["IrOps.g.cs"]).Contains("(byte)(IrOperands.Dst | IrOperands.A | IrOperands.Imm | IrOperands.Size)");
        await Assert.That(sources["IrBuilder.g.cs"]).Contains("public IrValue Load(IrValue a, long imm, int size, IrFlags flags = IrFlags.None)");
        await Assert.That(sources["IrBuilder.g.cs"]).Contains("public void Nop(IrFlags flags = IrFlags.None)");
        await Assert.That(sources["IrEvaluator.g.cs"]).Contains("case IrOp.Or: value = a | b; return true;");
        await Assert.That(sources["IrEvaluator.g.cs"]).DoesNotContain("IrOp.Load");
        await Assert.That(sources["IrValues.g.cs"]).Contains("public readonly struct Or : IBinaryValue");
        foreach (var source in sources.Values)
            await Assert.That(Parse(source).GetDiagnostics(Cancel)).IsEmpty();
    }

    [Test]
    [Arguments("Add | d a b | pure | a + b", "IR op 'Add': a row has five cells")]
    [Arguments("Add | d a b | pure | a | b | Sum.", "IR op 'Add': a row has five cells")]
    [Arguments("2Add | d a b | pure | a + b | Sum.", "IR op '2Add': the name must be a C# name")]
    [Arguments("Add | d a x | pure | a | Sum.", "IR op 'Add': unknown operand 'x'")]
    [Arguments("Add | d a b | pur | a + b | Sum.", "IR op 'Add': unknown property 'pur'")]
    [Arguments("Add | a b | pure | a + b | Sum.", "IR op 'Add': a pure op needs a result")]
    [Arguments("Add | d a | pure commutative | a | Sum.", "IR op 'Add': a commutative op needs operands a and b")]
    [Arguments("Add | d a b | effects | a + b | Sum.", "IR op 'Add': only a pure op has a value")]
    [Arguments("Add | d a b | pure | a + b |", "IR op 'Add': the summary is missing")]
    [Arguments("Or | d a b | pure | a + b | Sum.", "IR op 'Or': the name is taken by a row above")]
    public async Task EMUIR001_ABadRowIsNamedWithItsLine(string row, string message)
    {
        var result = Run($"{Rows}\n\n{row}");
        var diagnostic = await Assert.That(result.Diagnostics).HasSingleItem();
        await Assert.That((diagnostic.Id, diagnostic.Severity, diagnostic.GetMessage())).IsEqualTo(("EMUIR001", DiagnosticSeverity.Error, message));
        var place = diagnostic.Location.GetLineSpan();
        await Assert.That((place.Path, place.StartLinePosition.Line)).IsEqualTo(("tables/Ir.ops", 5));
        await Assert.That(result.GeneratedSources).Contains(source => source.HintName == "IrOp.g.cs");
    }

    [Test]
    public async Task OtherFilesAreLeftAlone() => await Assert.That(Run(Rows, "tables/Other.ops").GeneratedSources).IsEmpty();

    [Test]
    public async Task NothingIsDoneAgainIfOnlyTheCodeChanges()
    {
        var driver = NewDriver(Rows, "tables/Ir.ops").RunGenerators(Compile("class A;"), Cancel);
        var again = driver.RunGenerators(Compile("class A; class B;"), Cancel);
        foreach (var reason in await OutputReasons(again))
            await Assert.That(reason).IsEqualTo(IncrementalStepRunReason.Cached);
    }

    [Test]
    public async Task NothingIsWrittenAgainIfATableIsSavedUnchanged()
    {
        var (before, after) = (new TableText("tables/Ir.ops", Rows), new TableText("tables/Ir.ops", Rows + "\n# more"));
        var again = NewDriver(before).RunGenerators(Compile(""), Cancel).ReplaceAdditionalText(before, after).RunGenerators(Compile(""), Cancel);
        foreach (var reason in await OutputReasons(again))
            await Assert.That(reason).IsEqualTo(IncrementalStepRunReason.Cached);
    }

    [Test]
    public async Task AChangedRowIsWrittenAgain()
    {
        var (before, after) = (new TableText("tables/Ir.ops", Rows), new TableText("tables/Ir.ops", Rows.Replace("Or ", "Xor")));
        var again = NewDriver(before).RunGenerators(Compile(""), Cancel).ReplaceAdditionalText(before, after).RunGenerators(Compile(""), Cancel);
        await Assert.That(await OutputReasons(again)).Contains(IncrementalStepRunReason.Modified);
    }

    private static async Task<List<IncrementalStepRunReason>> OutputReasons(GeneratorDriver driver)
    {
        var steps = driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(pair => pair.Value);
        List<IncrementalStepRunReason> reasons = [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
        await Assert.That(reasons).IsNotEmpty();
        return reasons;
    }

    private static GeneratorRunResult Run(string table, string path = "tables/Ir.ops") =>
        NewDriver(table, path).RunGenerators(Compile(""), Cancel).GetRunResult().Results.Single();

    private static GeneratorDriver NewDriver(string table, string path) => NewDriver(new TableText(path, table));

    private static GeneratorDriver NewDriver(AdditionalText file) => CSharpGeneratorDriver.Create(
        [new IrGenerator().AsSourceGenerator()],
        [file],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Compile(string code) =>
        CSharpCompilation.Create("test", [Parse(code)]);

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, cancellationToken: Cancel);
}
