using System.Collections.Immutable;
using Emu.Generators.Isa;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Emu.Generators.Tests.Isa;

/// <summary>A guest in memory: small tables, the hand-written half, and what the generator makes of them.</summary>
internal sealed class IsaCompilation
{
    public const string Operands = """
        rd  | XRegister | write | X
        rs1 | XRegister | read  | X
        rs2 | XRegister | read  | X
        imm | int       | -     | Signed
        """;

    public const string Formats = """
        none |
        r    | rd@11:7 rs1@19:15 rs2@24:20
        i    | rd@11:7 rs1@19:15 imm[11:0]@31:20
        ci   | rd@11:7 imm[5]@12:12 imm[4:0]@6:2
        """;

    /// <summary>Two instructions and their compressed and printed forms.</summary>
    public const string Rows = """
        addi   | i  | rd rs1 imm | .................000.....0010011 | class=alu
        add    | r  | rd rs1 rs2 | 0000000..........000.....0110011 | class=alu
        c.addi | ci | rd imm     | 000...........01 | is=addi(rd,rd,imm) where=rd!=0
        mv     | i  | rd rs1     | 000000000000.....000.....0010011 | alias=addi
        """;

    private const string HandWritten = """
        namespace Guest;
        public enum XRegister : byte { Zero, Ra, Sp }
        public enum InstructionClass : byte { Illegal, Alu }
        public readonly struct RegisterSet { public static RegisterSet Empty => default; public RegisterSet With(XRegister register) => this; }
        public static class InstructionDecoder { public static Opcode Decode(uint bits) => (Opcode)InstructionTables.Trie[0]; }
        public sealed class Label { }
        public sealed partial class Assembler { private void Emit(uint bits, int length) { } }
        public static partial class Disassembler { }
        internal sealed class DisassemblyText { public void Mnemonic(string text) { } public void Literal(string text) { } public void X(XRegister register) { } public void Signed(int value) { } }
        internal ref partial struct InstructionSemantics
        {
            private void Illegal(uint bits) { }
            METHODS
        }
        """;

    private const string Ir = "namespace Emu.Ir { public struct IrValue { } }";

    private const string Methods = """
        private partial void Addi(XRegister rd, XRegister rs1, int imm) { }
        private partial void Add(XRegister rd, XRegister rs1, XRegister rs2) { }
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    public IsaCompilation(string rows = Rows, string operands = Operands, string formats = Formats, string csrs = "", string methods = Methods)
    {
        _compilation = CSharpCompilation.Create(
            "Guest",
            [CSharpSyntaxTree.ParseText("global using System;"), CSharpSyntaxTree.ParseText(Ir), CSharpSyntaxTree.ParseText(HandWritten.Replace("METHODS", methods))],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _driver = CSharpGeneratorDriver.Create(
            [new IsaGenerator().AsSourceGenerator()],
            [new TableText("operands.isa", operands), new TableText("formats.isa", formats), new TableText("csrs.isa", csrs), new TableText("rv_test.isa", rows)],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run();
    }

    /// <summary>What the generator and then the compiler complain of.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; private set; }

    /// <summary>Why each output of the last run was or was not made again.</summary>
    public IEnumerable<IncrementalStepRunReason> OutputReasons =>
        _driver.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(static pair => pair.Value).SelectMany(static step => step.Outputs).Select(static output => output.Reason);

    /// <summary>The generated file of that name.</summary>
    public string Source(string name) => _driver.GetRunResult().Results[0].GeneratedSources.Single(source => source.HintName == name).SourceText.ToString();

    /// <summary>Adds a file that has nothing to do with the tables, and runs again.</summary>
    public void Edit()
    {
        _compilation = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Other;"));
        Run();
    }

    /// <summary>Replaces the rows, and runs again.</summary>
    public void Replace(string rows)
    {
        _driver = _driver.ReplaceAdditionalTexts(
            [new TableText("operands.isa", Operands), new TableText("formats.isa", Formats), new TableText("csrs.isa", ""), new TableText("rv_test.isa", rows)]);
        Run();
    }

    private void Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var updated, out var diagnostics);
        Diagnostics = [.. diagnostics, .. updated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
    }
}
