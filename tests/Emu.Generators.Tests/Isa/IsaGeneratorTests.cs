using Microsoft.CodeAnalysis;
using Assert = Xunit.Assert;

namespace Emu.Generators.Tests.Isa;

/// <summary>What the generator makes of good tables, and when it runs.</summary>
public class IsaGeneratorTests
{
    [Test]
    public void Good_tables_compile() => Assert.Empty(new IsaCompilation().Diagnostics);

    [Test]
    public void Each_row_but_aliases_is_an_opcode()
    {
        var source = new IsaCompilation().Source("Opcode.g.cs");
        Assert.Contains("Addi,", source, StringComparison.Ordinal);
        Assert.Contains("CAddi,", source, StringComparison.Ordinal);
        Assert.DoesNotContain("Mv,", source, StringComparison.Ordinal);
    }

    [Test]
    public void A_compressed_row_calls_the_method_of_its_base_instruction() =>
        Assert.Contains("Addi(fields.Rd, fields.Rd, fields.Imm);", new IsaCompilation().Source("InstructionSemantics.g.cs"), StringComparison.Ordinal);

    [Test]
    public void A_missing_method_is_an_error_at_its_row()
    {
        var error = Assert.Single(new IsaCompilation(methods: "private partial void Addi(XRegister rd, XRegister rs1, int imm) { }").Diagnostics);
        Assert.Contains("InstructionSemantics.Add(XRegister, XRegister, XRegister)", error.GetMessage(null), StringComparison.Ordinal);
        var place = error.Location.GetMappedLineSpan();
        Assert.Equal(("rv_test.isa", 1), (place.Path, place.StartLinePosition.Line));
    }

    [Test]
    public void A_method_with_other_parameters_is_an_error_at_its_row()
    {
        var errors = new IsaCompilation(methods: """
            private partial void Addi(XRegister rd, XRegister rs1, int imm) { }
            private partial void Add(XRegister rd, XRegister rs1, int rs2) { }
            """).Diagnostics;
        Assert.Contains(errors, static error => error.Location.GetMappedLineSpan() is { Path: "rv_test.isa", StartLinePosition.Line: 1 });
    }

    [Test]
    public void A_register_of_csrs_isa_needs_its_methods()
    {
        var errors = new IsaCompilation(csrs: "0x001 | fflags | read write").Diagnostics;
        Assert.Equal(2, errors.Count(static error => error.Location.GetMappedLineSpan().Path == "csrs.isa"));
    }

    [Test]
    public void Runs_of_registers_are_named_one_by_one()
    {
        var source = new IsaCompilation(csrs: "0x323 | mhpmevent{3..5} | -").Source("Csrs.g.cs");
        Assert.Contains("0x325 => \"mhpmevent5\",", source, StringComparison.Ordinal);
        Assert.DoesNotContain("mhpmevent6", source, StringComparison.Ordinal);
    }

    [Test]
    public void An_unchanged_table_makes_nothing_again()
    {
        var compilation = new IsaCompilation();
        compilation.Edit();
        Assert.NotEmpty(compilation.OutputReasons);
        Assert.All(compilation.OutputReasons, static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Test]
    public void A_changed_comment_makes_nothing_again_and_a_changed_row_does()
    {
        var compilation = new IsaCompilation();
        compilation.Replace(IsaCompilation.Rows + "\n# a comment at the end\n");
        Assert.All(compilation.OutputReasons, static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        compilation.Replace(IsaCompilation.Rows.Replace("mv ", "move ", StringComparison.Ordinal));
        Assert.Contains(IncrementalStepRunReason.Modified, compilation.OutputReasons);
    }
}
