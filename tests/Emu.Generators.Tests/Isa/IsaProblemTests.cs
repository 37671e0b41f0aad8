using Microsoft.CodeAnalysis;

namespace Emu.Generators.Tests.Isa;

/// <summary>Each mistake in a table is a diagnostic with its own number, at its row.</summary>
public class IsaProblemTests
{
    [Test]
    [Arguments("bad | i | rd rs1 imm | .................111.....0010011", "EMUISA001")]
    [Arguments("bad | i | rd rs1 imm | .................111.....0010011 | colour=red", "EMUISA001")]
    [Arguments("bad | i | rd rs1 imm | .................111.....0010011 | class=alu alias=addi", "EMUISA001")]
    [Arguments("bad | i | rd rs1 imm | .................111.....0010011 | over=addi", "EMUISA001")]
    [Arguments("bad | i | rd rs1 imm | .................111.....0010011 | class=alu where=rd", "EMUISA001")]
    [Arguments("bad | i | rd rs1 imm | .................111.....0010011 | class=alu where=rd=rs1", "EMUISA001")]
    [Arguments("bad | i | rd rs1 imm | .................111.....001001 | class=alu", "EMUISA002")]
    [Arguments("bad | i | rd rs1 imm | .................1x1.....0010011 | class=alu", "EMUISA002")]
    [Arguments("bad | i | rd rs1 imm | .................111.....0010001 | class=alu", "EMUISA002")]
    [Arguments("bad | ci | rd imm | 001...........11 | is=addi(rd,rd,imm)", "EMUISA002")]
    [Arguments("bad | q | rd rs1 imm | .................111.....0010011 | class=alu", "EMUISA003")]
    [Arguments("bad | i | rd rs1 rs2 | .................111.....0010011 | class=alu", "EMUISA004")]
    [Arguments("addi | i | rd rs1 imm | .................111.....0010011 | class=alu", "EMUISA005")]
    [Arguments("c.Addi | i | rd rs1 imm | .................111.....0010011 | class=alu", "EMUISA005")]
    [Arguments("bad | i | rd rs1 imm | .................000.....0010011 | class=alu", "EMUISA006")]
    [Arguments("bad | i | rd rs1 | 000000000000.....000.....0010011 | class=alu", "EMUISA006")]
    [Arguments("bad | i | rd rs1 imm | ............0....111.....0010011 | class=alu", "EMUISA007")]
    [Arguments("bad | i | rd rs1 | .................111.....0010011 | class=alu", "EMUISA007")]
    [Arguments("bad | i | rd rd imm | .................111.....0010011 | class=alu", "EMUISA007")]
    [Arguments("bad | ci | rd imm | 001...........01 | is=nothing(rd,rd,imm)", "EMUISA008")]
    [Arguments("bad | ci | rd imm | 001...........01 | is=addi(rd,imm)", "EMUISA008")]
    [Arguments("bad | ci | rd imm | 001...........01 | is=addi(rd,imm,rd)", "EMUISA008")]
    [Arguments("bad | ci | rd imm | 001...........01 | is=c.addi(rd,imm)", "EMUISA008")]
    [Arguments("bad | ci | rd imm | 001...........01 | is=addi", "EMUISA001")]
    [Arguments("bad | i | rd rs1 | 000000000000.....001.....0010011 | alias=addi", "EMUISA009")]
    [Arguments("bad | i | rd rs1 | 000000000000.....000.....0010011 | alias=nothing", "EMUISA009")]
    [Arguments("bad | i | rd rs1 | 000000000000.....001.....0010011 | class=alu over=addi", "EMUISA009")]
    [Arguments("bad | i | rd rs1 imm | .................111.....0010011 | class=alu | rd,imm(rs2)", "EMUISA010")]
    public async Task A_bad_instruction_row_has_a_diagnostic(string row, string id)
    {
        var problem = await Assert.That(Problems(new IsaCompilation(IsaCompilation.Rows + "\n" + row))).HasSingleItem();
        await Assert.That(problem.Id).IsEqualTo(id);
        await Assert.That(problem.Severity).IsEqualTo(DiagnosticSeverity.Error);
        await Assert.That((problem.Location.GetLineSpan().Path, problem.Location.GetLineSpan().StartLinePosition.Line)).IsEqualTo(("rv_test.isa", 4));
    }

    [Test]
    [Arguments("narrow | i | rd rs1 | 000000000001.....000.....0010011 | class=alu over=addi")]
    [Arguments("c.none | ci | imm | 000.00000.....01 | is=addi(zero,zero,imm)")]
    public async Task A_row_that_is_decoded_first_or_lies_in_a_reserved_part_does_not_overlap(string row) =>
        await Assert.That(Problems(new IsaCompilation(IsaCompilation.Rows + "\n" + row))).IsEmpty();

    [Test]
    [Arguments("rd | XRegister | write", "EMUISA001")]
    [Arguments("rt | XRegister | both | X", "EMUISA001")]
    [Arguments("rt | XRegister | write | X behind", "EMUISA001")]
    [Arguments("rd | XRegister | write | X", "EMUISA005")]
    public async Task A_bad_operand_row_has_a_diagnostic(string row, string id) =>
        await Assert.That((await Assert.That(Problems(new IsaCompilation(operands: IsaCompilation.Operands + "\n" + row))).HasSingleItem()).Id).IsEqualTo(id);

    [Test]
    [Arguments("x | rd", "EMUISA001")]
    [Arguments("x | rd@11:7 | more", "EMUISA001")]
    [Arguments("x | nobody@11:7", "EMUISA001")]
    [Arguments("x | imm[5:0]@11:7", "EMUISA001")]
    [Arguments("x | imm[0:4]@11:7", "EMUISA001")]
    [Arguments("i | rd@11:7", "EMUISA005")]
    public async Task A_bad_format_row_has_a_diagnostic(string row, string id) =>
        await Assert.That((await Assert.That(Problems(new IsaCompilation(formats: IsaCompilation.Formats + "\n" + row))).HasSingleItem()).Id).IsEqualTo(id);

    [Test]
    [Arguments("0x001 | fflags", "EMUISA001")]
    [Arguments("0x1000 | fflags | -", "EMUISA001")]
    [Arguments("1 | fflags | -", "EMUISA001")]
    [Arguments("0x001 | fflags | write", "EMUISA001")]
    [Arguments("0x001 | f{1..2} | read", "EMUISA001")]
    [Arguments("0x001 | a | -\n0x001 | b | -", "EMUISA005")]
    [Arguments("0x003 | a | -\n0x001 | b{0..3} | -", "EMUISA005")]
    public async Task A_bad_register_row_has_a_diagnostic(string row, string id) =>
        await Assert.That((await Assert.That(Problems(new IsaCompilation(csrs: row))).HasSingleItem()).Id).IsEqualTo(id);

    private static IEnumerable<Diagnostic> Problems(IsaCompilation compilation) =>
        compilation.Diagnostics.Where(static diagnostic => diagnostic.Id.StartsWith("EMUISA", StringComparison.Ordinal));
}
