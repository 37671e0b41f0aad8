using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Ir;

/// <summary>Reads <c>Ir.ops</c> and writes the op enum, the property table, the builder's methods and the evaluator of pure integer ops.</summary>
[Generator]
public sealed class IrGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var ops = context.AdditionalTextsProvider
            .Where(static file => Path.GetFileName(file.Path) == "Ir.ops")
            .SelectMany(static (file, cancel) => file.GetText(cancel) is { } text ? TableRow.Parse(file.Path, text) : [])
            .Select(static (row, _) => new IrOpRow(row))
            .Collect()
            .Select(static (rows, _) => new EquatableArray<IrOpRow>(rows));
        context.RegisterSourceOutput(ops, static (output, rows) =>
        {
            if (rows.Length > 0)
                Write(output, IrChecks.Check(rows));
        });
    }

    /// <summary>Rows with errors are left out, so that the one message about them is not drowned.</summary>
    private static void Write(SourceProductionContext output, List<(IrOpRow Row, string? Error)> checkedRows)
    {
        foreach (var (row, error) in checkedRows)
            if (error is not null)
                output.ReportDiagnostic(Diagnostic.Create(BadRow, row.Row.Location, row.Name, error));
        var rows = new EquatableArray<IrOpRow>([.. checkedRows.Where(item => item.Error is null).Select(item => item.Row)]);
        output.AddSource("IrOp.g.cs", IrWriter.OpEnum(rows));
        output.AddSource("IrOps.g.cs", IrWriter.Properties(rows));
        output.AddSource("IrBuilder.g.cs", IrWriter.Builder(rows));
        output.AddSource("IrEvaluator.g.cs", IrWriter.Evaluator(rows));
        output.AddSource("IrValues.g.cs", IrWriter.Values(rows));
    }

    private static readonly DiagnosticDescriptor BadRow = new(
        "EMUIR001", "Bad row in Ir.ops", "IR op '{0}': {1}", "Emu.Ir", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
