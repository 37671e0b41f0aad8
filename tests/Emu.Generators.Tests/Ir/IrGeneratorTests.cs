using Emu.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Assert = Xunit.Assert;

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
    public void EverythingThatDependsOnTheOpsIsWritten()
    {
        var result = Run(Rows);
        Assert.Empty(result.Diagnostics);
        var sources = result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
        Assert.Contains("    Or,\n    /// <summary>A load.</summary>\n    Load,\n", sources["IrOp.g.cs"]);
        Assert.Contains("(ushort)(IrProperties.Pure | IrProperties.Commutative)", sources["IrOps.g.cs"]);
        Assert.Contains("(byte)(IrOperands.Dst | IrOperands.A | IrOperands.Imm | IrOperands.Size)", sources["IrOps.g.cs"]);
        Assert.Contains("public IrValue Load(IrValue a, long imm, int size, IrFlags flags = IrFlags.None)", sources["IrBuilder.g.cs"]);
        Assert.Contains("public void Nop(IrFlags flags = IrFlags.None)", sources["IrBuilder.g.cs"]);
        Assert.Contains("case IrOp.Or: value = a | b; return true;", sources["IrEvaluator.g.cs"]);
        Assert.DoesNotContain("IrOp.Load", sources["IrEvaluator.g.cs"]);
        Assert.Contains("public readonly struct Or : IBinaryValue", sources["IrValues.g.cs"]);
        Assert.All(sources.Values, source => Assert.Empty(Parse(source).GetDiagnostics(Cancel)));
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
    public void EMUIR001_ABadRowIsNamedWithItsLine(string row, string message)
    {
        var result = Run($"{Rows}\n\n{row}");
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("EMUIR001", DiagnosticSeverity.Error, message), (diagnostic.Id, diagnostic.Severity, diagnostic.GetMessage()));
        var place = diagnostic.Location.GetLineSpan();
        Assert.Equal(("tables/Ir.ops", 5), (place.Path, place.StartLinePosition.Line));
        Assert.Contains(result.GeneratedSources, source => source.HintName == "IrOp.g.cs");
    }

    [Test]
    public void OtherFilesAreLeftAlone() => Assert.Empty(Run(Rows, "tables/Other.ops").GeneratedSources);

    [Test]
    public void NothingIsDoneAgainIfOnlyTheCodeChanges()
    {
        var driver = NewDriver(Rows, "tables/Ir.ops").RunGenerators(Compile("class A;"), Cancel);
        var again = driver.RunGenerators(Compile("class A; class B;"), Cancel);
        Assert.All(OutputReasons(again), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Test]
    public void NothingIsWrittenAgainIfATableIsSavedUnchanged()
    {
        var (before, after) = (new TableText("tables/Ir.ops", Rows), new TableText("tables/Ir.ops", Rows + "\n# more"));
        var again = NewDriver(before).RunGenerators(Compile(""), Cancel).ReplaceAdditionalText(before, after).RunGenerators(Compile(""), Cancel);
        Assert.All(OutputReasons(again), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Test]
    public void AChangedRowIsWrittenAgain()
    {
        var (before, after) = (new TableText("tables/Ir.ops", Rows), new TableText("tables/Ir.ops", Rows.Replace("Or ", "Xor")));
        var again = NewDriver(before).RunGenerators(Compile(""), Cancel).ReplaceAdditionalText(before, after).RunGenerators(Compile(""), Cancel);
        Assert.Contains(IncrementalStepRunReason.Modified, OutputReasons(again));
    }

    private static List<IncrementalStepRunReason> OutputReasons(GeneratorDriver driver)
    {
        var steps = driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(pair => pair.Value);
        List<IncrementalStepRunReason> reasons = [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
        Assert.NotEmpty(reasons);
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
