namespace Emu.Ir.Tests.Verification;

public class IrVerifierTests
{
    private const string Head = "block 0x1000 end=0x1004 insns=1 temps=4\n  hook callback=1\n  InsnStart.4 0x1000\n";

    [Test]
    [Arguments("a0 = Add a1, _\nJump 0x1", "instruction 1: operand b is missing: a0 = Add a1, _")]
    [Arguments("a0 = Select a1, a2, _\nJump 0x1", "instruction 1: operand c is missing: a0 = Select a1, a2, _")]
    [Arguments("JumpIndirect _", "instruction 1: operand a is missing: JumpIndirect _")]
    [Arguments("a0 = Mov %1\nJump 0x1", "instruction 1: %1 is read before it is assigned: a0 = Mov %1")]
    [Arguments("%1 = Add %1, a0\nJump 0x1", "instruction 1: %1 is read before it is assigned: %1 = Add %1, a0")]
    [Arguments("%1 = Mov a0\n%1 = Mov a0\nJump 0x1", "instruction 2: %1 is assigned twice: %1 = Mov a0")]
    [Arguments("%4 = Mov a0\nJump 0x1", "instruction 1: the block has 4 temporaries: %4 = Mov a0")]
    [Arguments("g260 = Mov a0\nJump 0x1", "instruction 1: a global's offset is a multiple of 8: g260 = Mov a0")]
    [Arguments("a0 = Load.3 [a1]\nJump 0x1", "instruction 1: size 3 is not possible: a0 = Load.3 [a1]")]
    [Arguments("f0 = FloatAdd.1 f1, f2\nJump 0x1", "instruction 1: size 1 is not possible: f0 = FloatAdd.1 f1, f2")]
    [Arguments("PluginExec #1\nJump 0x1", "instruction 1: the block has 1 hooks: PluginExec #1")]
    [Arguments("Jump 0x1\nJump 0x2", "instruction 2: it stands behind the terminal: Jump 0x2")]
    [Arguments("SkipUnlessZero a0, 2\nScoreboardAdd #0\nJump 0x1", "instruction 3: it cannot be skipped: Jump 0x1")]
    [Arguments("SkipUnlessZero a0, -1\nJump 0x1", "instruction 1: the count -1 is not possible: SkipUnlessZero a0, -1")]
    [Arguments("a0 = Mov a1", "the block has no terminal")]
    [Arguments("InsnStart.4 0x1008\nJump 0x1", "instruction 1: the guest instruction at 0x1004 comes next: InsnStart.4 0x1008")]
    [Arguments("InsnStart.16 0x1004\nJump 0x1", "instruction 1: size 16 is not possible: InsnStart.16 0x1004")]
    [Arguments("InsnStart.4 0x1004\nJump 0x1", "the block says that it has 1 guest instructions and has 2")]
    public async Task BrokenTextsAreRefused(string body, string error) =>
        await Assert.That(IrVerifier.ErrorIn(IrParser.Parse(Head + body, TestRegisters.Names), TestRegisters.Names)).IsEqualTo(error);

    [Test]
    [Arguments("block 0x1000 end=0x1004 insns=0\n Jump 0x1", "instruction 0: it stands before the first guest instruction: Jump 0x1")]
    [Arguments("block 0x1000 end=0x1008 insns=1\n InsnStart.4 0x1000\n Jump 0x1", "the block says that it ends at 0x1008 and ends at 0x1004")]
    [Arguments("block 0x1000", "the block has no terminal")]
    public async Task BrokenBlocksAreRefused(string text, string error) => await Assert.That(IrVerifier.ErrorIn(IrParser.Parse(text))).IsEqualTo(error);

    public static IEnumerable<(string, IrInsn)> BrokenInsns() =>
    [
        ("no such op", new IrInsn { Op = (IrOp)255 }),
        ("the op has no operand a", new IrInsn { Op = IrOp.Fence, A = IrValue.Global(256) }),
        ("the op has no operand b", new IrInsn { Op = IrOp.Mov, A = IrValue.Global(256), B = IrValue.Global(256) }),
        ("the op has no operand c", new IrInsn { Op = IrOp.Add, A = IrValue.Global(256), B = IrValue.Global(256), C = IrValue.Global(256) }),
        ("the op has no result", new IrInsn { Op = IrOp.Fence, Dst = IrValue.Global(256) }),
        ("a constant cannot be assigned", new IrInsn { Op = IrOp.Mov, A = IrValue.Global(256), Dst = IrValue.Constant(0) }),
        ("the block has 0 constants", new IrInsn { Op = IrOp.Mov, A = IrValue.Constant(0) }),
        ("a global's offset is a multiple of 8", new IrInsn { Op = IrOp.Mov, A = IrValue.Global(-8) }),
        ("size 4 is not possible", new IrInsn { Op = IrOp.Mov, A = IrValue.Global(256), Size = 4 }),
        ("flags 1 are not possible", new IrInsn { Op = IrOp.Fence, Flags = IrFlags.Signed }),
        ("flags 6 are not possible", new IrInsn { Op = IrOp.Branch, A = IrValue.Global(256), B = IrValue.Global(256), Flags = (IrFlags)6 }),
        ("flags 5 are not possible", new IrInsn { Op = IrOp.FloatSqrt, A = IrValue.Global(256), Size = 8, Flags = (IrFlags)5 }),
        ("the op has no immediate", new IrInsn { Op = IrOp.Fence, Imm = 1 }),
        ("no such trap", new IrInsn { Op = IrOp.Trap, A = IrValue.Global(256), Imm = 99 }),
        ("the block has 0 hooks", new IrInsn { Op = IrOp.ScoreboardAdd }),
    ];

    [Test]
    [MethodDataSource(nameof(BrokenInsns))]
    public async Task BrokenInstructionsAreRefused(string error, IrInsn insn)
    {
        var block = new IrBlock();
        block.Reset(0);
        block.Append(IrOp.InsnStart).Size = 4;
        block.Append(insn.Op) = insn;
        await Assert.That(IrVerifier.ErrorIn(block)).StartsWith($"instruction 1: {error}: ");
        await Assert.That(Assert.ThrowsExactly<InvalidIrException>(() => IrVerifier.Verify(block)).Message).StartsWith($"instruction 1: {error}: ");
    }

    [Test]
    public async Task AnUnknownHelperIsRefused()
    {
        var block = IrParser.Parse("block 0x1000 end=0x1004 insns=1\n InsnStart.4 0x1000");
        block.Append(IrOp.CallHelper) = new IrInsn { Op = IrOp.CallHelper, A = IrValue.Global(256), B = IrValue.Global(256), Imm = IrHelpers.Count };
        await Assert.That(IrVerifier.ErrorIn(block)).IsEqualTo($"instruction 1: there are {IrHelpers.Count} helpers: _ = CallHelper g256, g256, @?{IrHelpers.Count}");
    }

    [Test]
    [Arguments("%0 = Load.1 [a0]\nBranch.eq %0, 0x0, 0x1000")]
    [Arguments("hook callback=0x1\na0 = StoreConditional.8 a1, a2\nSkipUnlessZero a0, 1\nPluginMem.8.store a1, a2, #0\na0 = Mov 0x1")]
    public async Task AValidBlockHasNoError(string body) => await Assert.That(IrVerifier.ErrorIn(TestBlocks.Of(body))).IsNull();

    [Test]
    public async Task WhereNothingCanBeFetchedIsOnlyATrap() =>
        await Assert.That(IrVerifier.ErrorIn(IrParser.Parse("block 0x1000 end=0x1000\n Trap 0x1000, FetchFault"))).IsNull();
}
