namespace Emu.Ir.Tests.Text;

public class IrParserTests
{
    [Test]
    public async Task CommentsEmptyLinesAndIndentationMeanNothing()
    {
        var block = IrParser.Parse("\r\n ; a comment\nblock 4096 end=0x1004\n\n\tJump   0x2000  \n");
        await Assert.That(((ulong, ulong, int))(block.Pc, block.EndPc, block.Count)).IsEqualTo((0x1000UL, 0x1004UL, 1));
        await Assert.That(((IrOp, long))(block.Insns[0].Op, block.Insns[0].Imm)).IsEqualTo((IrOp.Jump, 0x2000));
    }

    [Test]
    [Arguments("", 1, 1, "'block' expected")]
    [Arguments("blok 0x1000", 1, 1, "'block' expected")]
    [Arguments("block 0xzz", 1, 7, "'0xzz' is no number of 64 bits")]
    [Arguments("block 0x1000 size=4", 1, 14, "a block has no field 'size'")]
    [Arguments("block 0x1000 temps=99999999", 1, 20, "0 to 1048576 expected")]
    [Arguments("block 0\nJump 0x1, 0x2", 2, 9, "end of line expected")]
    [Arguments("block 0\nhook colour=1", 2, 6, "a hook has no field 'colour'")]
    [Arguments("block 0\nhook trace=7e00/18", 2, 12, "a trace has a slot, a size, a stream and a place of stamps")]
    [Arguments("block 0\nhook trace=7e00/18/0/0/Colour@0.8", 2, 12, "'Colour@0.8' is no field of a trace")]
    [Arguments("block 0\nhook owner=\"mem", 2, 12, "the closing '\"' is missing")]
    [Arguments("block 0\nhook if=Sometimes", 2, 9, "'Sometimes' is not a condition")]
    [Arguments("block 0\n\n  Jmp 0x1", 3, 3, "there is no op 'Jmp'")]
    [Arguments("block 0\n  3 0x1", 2, 3, "there is no op '3'")]
    [Arguments("block 0\na0 = 12", 2, 6, "there is no op '12'")]
    [Arguments("block 0\na0 = Jump 0x1", 2, 6, "Jump has no result")]
    [Arguments("block 0\nAdd a0, a1", 2, 1, "Add has a result: write 'register = Add …'")]
    [Arguments("block 0\na0 = Add a1", 2, 12, "',' expected")]
    [Arguments("block 0\na0 = Add a1,", 2, 13, "an operand expected")]
    [Arguments("block 0\na0 = Add a1, b2", 2, 14, "there is no register 'b2'")]
    [Arguments("block 0\nb2 = Add a1, a1", 2, 1, "there is no register 'b2'")]
    [Arguments("block 0\na0 = Load [a1]", 2, 11, "'.' expected")]
    [Arguments("block 0\na0 = Load.4.u [a1]", 2, 12, "Load has no modifier 'u'")]
    [Arguments("block 0\na0 = Load.4 a1", 2, 13, "'[' expected")]
    [Arguments("block 0\na0 = Load.4 [a1", 2, 16, "']' expected")]
    [Arguments("block 0\na0 = Load.400 [a1]", 2, 11, "0 to 255 expected")]
    [Arguments("block 0\nBranch a0, a1, 0x1", 2, 8, "Branch needs a modifier")]
    [Arguments("block 0\nTrap a0, Surprise", 2, 10, "'Surprise' is not a trap")]
    [Arguments("block 0\na0 = CallHelper a1, a2, @no_such_helper", 2, 25, "no helper is named 'no_such_helper'")]
    [Arguments("block 0\nPluginExec 0", 2, 12, "'#' expected")]
    [Arguments("block 0\na0 = Mov 0x10000000000000000", 2, 10, "'0x10000000000000000' is no number of 64 bits")]
    public async Task ErrorsNameThePlace(string text, int line, int column, string reason)
    {
        var error = Assert.ThrowsExactly<IrParseException>(() => IrParser.Parse(text, TestRegisters.Names));
        await Assert.That(error.Message).IsEqualTo($"line {line}, column {column}: {reason}");
        await Assert.That(((int, int))(error.Line, error.Column)).IsEqualTo((line, column));
    }
}
