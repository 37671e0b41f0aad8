namespace Emu.Ir.Tests.Text;

public class IrPrinterTests
{
    private static readonly unsafe int Helper = IrHelpers.Register("read_counter", &Zero);

    [Test]
    public async Task ABlockReadsLikeThis()
    {
        var block = new IrBlock();
        block.Reset(0x1000);
        var ir = new IrBuilder(block);
        block.AddHook(new IrHook { Callback = 3, UserData = -1, Owner = "b\"b" });
        block.AddHook(new IrHook { Entry = 0x7f00, Stride = 64, Immediate = 5, Condition = IrHookCondition.Less });
        ir.InsnStart(0x1000, 2);
        ir.PluginExec(0);
        ir.SetGlobal(256, ir.Add(ir.Global(264), ir.Constant(-16)));
        ir.InsnStart(0x1002, 4);
        var loaded = ir.Load(ir.Global(256), -8, 4, IrFlags.Signed);
        ir.PluginMem(ir.Global(256), loaded, 1, 4, IrFlags.Signed);
        ir.SetGlobal(272, ir.FloatAdd(loaded, ir.Constant(0x3f800000), 4, (IrFlags)IrRounding.Dynamic));
        ir.SetGlobal(280, ir.CallHelper(loaded, ir.Constant(0), Helper));
        ir.Branch(IrCondition.LessUnsigned, ir.Global(264), ir.Global(776), 0x1020);
        (block.EndPc, block.InstructionCount) = (0x1006, 2);
        await Assert.That(IrPrinter.ToText(block, TestRegisters.Names)).IsEqualTo(
            """
            block 0x1000 end=0x1006 insns=2 temps=4
              hook callback=0x3 data=-0x1 owner="b\"b"
              hook entry=0x7f00 stride=0x40 value=0x5 if=Less
              InsnStart.2 0x1000
                PluginExec #0
                a0 = Add a1, -0x10
              InsnStart.4 0x1002
                %1 = Load.4.s [a0 - 0x8]
                PluginMem.4.s a0, %1, #1
                a2 = FloatAdd.4.dyn %1, 0x3f800000
                a3 = CallHelper %1, 0x0, @read_counter
                Branch.ltu a1, g776, 0x1020

            """.ReplaceLineEndings("\n"));
    }

    [Test]
    public async Task BrokenInstructionsPrintToo()
    {
        var block = new IrBlock();
        block.Append((IrOp)250);
        block.Append(IrOp.CallHelper) = new IrInsn { Op = IrOp.CallHelper, Imm = 9999, A = IrValue.Constant(7), Flags = (IrFlags)9 };
        var lines = TestBlocks.LinesOf(IrPrinter.ToText(block)).Skip(1);
        await Assert.That(string.Join('\n', lines)).IsEqualTo("?250\n_ = CallHelper.?9 ?constant7, _, @?9999");
    }

    [Test]
    [Arguments("g8")]
    [Arguments("")]
    [Arguments("1a")]
    [Arguments("a-b")]
    public async Task NamesThatCouldBeMisreadAreRefused(string name) =>
        await Assert.That(() => new IrNames([(name, 256)])).ThrowsExactly<ArgumentException>();

    [Test]
    public async Task ANameStandsForOneRegister() =>
        await Assert.That(() => new IrNames([("a0", 256), ("a0", 264)])).ThrowsExactly<ArgumentException>();

    private static unsafe ulong Zero(void* state, ulong a, ulong b) => 0;
}
