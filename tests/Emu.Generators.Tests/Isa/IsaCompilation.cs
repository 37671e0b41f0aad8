using System.Collections.Immutable;
using Emu.Generators.Isa;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Emu.Generators.Tests.Isa;

/// <summary>A guest in memory: small tables, the hand-written half, and what the generator makes of them.</summary>
internal sealed class IsaCompilation : GeneratorCompilation
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

    private static readonly ImmutableArray<MetadataReference> Framework = References();

    public IsaCompilation(string rows = Rows, string operands = Operands, string formats = Formats, string csrs = "", string methods = Methods)
        : base(new IsaGenerator(), Guest(methods), Tables(rows, operands, formats, csrs))
    {
    }

    /// <summary>Replaces the rows, and runs again.</summary>
    public void Replace(string rows) => Replace(Tables(rows, Operands, Formats, ""));

    private static CSharpCompilation Guest(string methods) => CSharpCompilation.Create(
        "Guest",
        [CSharpSyntaxTree.ParseText("global using System;"), CSharpSyntaxTree.ParseText(Ir), CSharpSyntaxTree.ParseText(HandWritten.Replace("METHODS", methods))],
        Framework,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static ImmutableArray<AdditionalText> Tables(string rows, string operands, string formats, string csrs) =>
        [new TableText("operands.isa", operands), new TableText("formats.isa", formats), new TableText("csrs.isa", csrs), new TableText("rv_test.isa", rows)];
}
