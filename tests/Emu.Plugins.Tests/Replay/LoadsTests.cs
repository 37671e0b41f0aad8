using Emu.Guest.RiscV;
using Emu.Plugins.Testing;
using Emu.Replay;

namespace Emu.Plugins.Tests.Replay;

public class LoadsTests
{
    [Test]
    [Arguments("loads", 3, 1)]
    [Arguments("loads,size=8", 2, 0)]
    [Arguments("loads,symbol=leaf", 1, 1)]
    public async Task Loads_are_counted(string plugin, int loads, int zeros)
    {
        var recording = Recording.Of(
            """
            emu-recording 1
            guest riscv64
            symbol 0 0x1000 4 function main
            symbol 0 0x1004 6 function leaf

            block 1 0x1000 6522          # ld a0, 8(sp)
            block 2 0x1004 419c 8082     # lw a5, 0(a1); ret

            0 start 1
            0 enter 1
            0 load 0 0x8008 8 0x1234
            0 enter 2
            0 load 0 0x9000 4 0
            0 taken 1 0x1000             # where the return goes
            0 enter 1
            0 load 0 0x8008 8 0x1235
            0 exit
            """);
        var total = PluginTest<LinkedPlugins>.Run(recording, plugin).Report["total"];
        await Assert.That(total.Number("loads")).IsEqualTo((ulong)loads);
        await Assert.That(total.Number("zeros")).IsEqualTo((ulong)zeros);
    }

    [Test]
    public async Task Streams_can_be_built()
    {
        var stream = new RecordingBuilder();
        var block = stream.Block(0x1000, static code =>
        {
            code.Ld(XRegister.A0, XRegister.Sp, 8);
            code.Addi(XRegister.A0, XRegister.A0, 1);
        });
        var vcpu = stream.VCpu(0).Start(1);
        for (var i = 0; i < 10; i++)
            vcpu.Enter(block).Load(0, 0x8008, 8, 7);
        vcpu.Exit();
        var result = PluginTest<LinkedPlugins>.Run(stream.Build(), "loads", "insn");
        await Assert.That(result.ReportOf("loads").Text).IsEqualTo("loads: 10, of zero: 0\n");
        await Assert.That(result.ReportOf("insn")["total"].Number("insns")).IsEqualTo(20UL);
    }
}
