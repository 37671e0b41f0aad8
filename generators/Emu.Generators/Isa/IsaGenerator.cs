using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Isa;

/// <summary>
/// Reads a guest's <c>*.isa</c> tables and writes all that follows from a row but its meaning: opcodes, field views, decoder
/// tables, the dispatch to the semantics methods, disassembler, encoder and assembler. What is written where is in this
/// folder's README.
/// </summary>
[Generator]
public sealed class IsaGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step whose result is kept as long as no row changes.</summary>
    public const string TablesStep = "IsaTables";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var tables = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(".isa", StringComparison.Ordinal))
            .Select(static (file, cancel) => new IsaFile(
                Path.GetFileName(file.Path),
                new([.. file.GetText(cancel) is { } text ? TableRow.Parse(file.Path, text) : []])))
            .Collect()
            .Select(static (files, _) => new EquatableArray<IsaFile>([.. files.OrderBy(static file => file.Name, StringComparer.Ordinal)]))
            .WithTrackingName(TablesStep);
        var space = context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName ?? "Isa");
        context.RegisterSourceOutput(tables.Combine(space), static (output, source) => Write(output, source.Left, source.Right));
    }

    private static void Write(SourceProductionContext output, EquatableArray<IsaFile> files, string space)
    {
        if (files.Length == 0)
            return;
        var model = new IsaModel(files);
        foreach (var problem in model.Problems)
            output.ReportDiagnostic(problem.ToDiagnostic());
        output.AddSource("Opcode.g.cs", OpcodeWriter.Write(space, model));
        if (model.Extensions.Count > 0)
            output.AddSource("Extensions.g.cs", ExtensionWriter.Write(space, model));
        output.AddSource("Formats.g.cs", FormatWriter.Write(space, model));
        output.AddSource("InstructionTables.g.cs", TableWriter.Write(space, model));
        output.AddSource("InstructionSemantics.g.cs", DispatchWriter.Write(space, model));
        output.AddSource("InstructionRegisters.g.cs", RegisterWriter.Write(space, model));
        output.AddSource("InstructionEncoder.g.cs", EncoderWriter.Write(space, model));
        output.AddSource("Assembler.g.cs", AssemblerWriter.Write(space, model));
        output.AddSource("Csrs.g.cs", CsrWriter.Write(space, model));
        output.AddSource("Disassembler.g.cs", DisassemblerWriter.Write(space, model));
    }
}
