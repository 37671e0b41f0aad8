using Microsoft.CodeAnalysis;

namespace Emu.Generators.Tests.Isa;

/// <summary>What the generator makes of good tables, and when it runs.</summary>
public class IsaGeneratorTests
{
    [Test]
    public async Task Good_tables_compile() => await Assert.That(new IsaCompilation().Diagnostics).IsEmpty();

    [Test]
    public async Task Each_row_but_aliases_is_an_opcode()
    {
        var source = new IsaCompilation().Source("Opcode.g.cs");
        await Assert.That(source).Contains("Addi,");
        await Assert.That(source).Contains("CAddi,");
        await Assert.That(source).DoesNotContain("Mv,");
    }

    [Test]
    public async Task A_compressed_row_calls_the_method_of_its_base_instruction() =>
        await Assert.That(new IsaCompilation().Source("InstructionSemantics.g.cs")).Contains("Addi(fields.Rd, fields.Rd, fields.Imm);");

    [Test]
    public async Task A_missing_method_is_an_error_at_its_row()
    {
        var error = await Assert.That(new IsaCompilation(methods: "private partial void Addi(XRegister rd, XRegister rs1, int imm) { }").Diagnostics).HasSingleItem();
        await Assert.That(error.GetMessage(null)).Contains("InstructionSemantics.Add(XRegister, XRegister, XRegister)");
        var place = error.Location.GetMappedLineSpan();
        await Assert.That((place.Path, place.StartLinePosition.Line)).IsEqualTo(("rv_test.isa", 1));
    }

    [Test]
    public async Task A_method_with_other_parameters_is_an_error_at_its_row()
    {
        var errors = new IsaCompilation(methods: """
            private partial void Addi(XRegister rd, XRegister rs1, int imm) { }
            private partial void Add(XRegister rd, XRegister rs1, int rs2) { }
            """).Diagnostics;
        await Assert.That(errors).Contains(static error => error.Location.GetMappedLineSpan() is { Path: "rv_test.isa", StartLinePosition.Line: 1 });
    }

    [Test]
    public async Task A_register_of_csrs_isa_needs_its_methods()
    {
        var errors = new IsaCompilation(csrs: "0x001 | fflags | read write").Diagnostics;
        await Assert.That(errors.Count(static error => error.Location.GetMappedLineSpan().Path == "csrs.isa")).IsEqualTo(2);
    }

    [Test]
    public async Task Runs_of_registers_are_named_one_by_one()
    {
        var source = new IsaCompilation(csrs: "0x323 | mhpmevent{3..5} | -").Source("Csrs.g.cs");
        await Assert.That(source).Contains("0x325 => \"mhpmevent5\",");
        await Assert.That(source).DoesNotContain("mhpmevent6");
    }

    [Test]
    public async Task An_unchanged_table_makes_nothing_again()
    {
        var compilation = new IsaCompilation();
        compilation.Edit();
        await Assert.That(compilation.OutputReasons).IsNotEmpty();
        foreach (var reason in compilation.OutputReasons)
            await Assert.That(reason).IsEqualTo(IncrementalStepRunReason.Cached);
    }

    [Test]
    public async Task A_changed_comment_makes_nothing_again_and_a_changed_row_does()
    {
        var compilation = new IsaCompilation();
        compilation.Replace(IsaCompilation.Rows + "\n# a comment at the end\n");
        foreach (var reason in compilation.OutputReasons)
            await Assert.That(reason).IsEqualTo(IncrementalStepRunReason.Cached);
        compilation.Replace(IsaCompilation.Rows.Replace("mv ", "move ", StringComparison.Ordinal));
        await Assert.That(compilation.OutputReasons).Contains(IncrementalStepRunReason.Modified);
    }
}
