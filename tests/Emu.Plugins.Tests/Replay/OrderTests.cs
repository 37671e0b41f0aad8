using Emu.Plugins.Testing;
using Emu.Replay;

namespace Emu.Plugins.Tests.Replay;

/// <summary>What several vCPUs do comes in the order of the lines, to the instruction.</summary>
public class OrderTests
{
    [Test]
    public async Task Another_vCPU_may_come_between_any_two_steps()
    {
        var recording = Recording.Of(
            """
            emu-recording 1
            guest riscv64
            block 1 0x1000 6522 e02a 8082    # ld a0, 8(sp); sd a0, 0(sp); ret
            0 start 1
            1 start 2
            0 enter 1
            1 enter 1
            1 at 1
            0 load 0 0x8008 8 1
            1 store 1 0x9000 8 2
            0 done
            1 cut 1
            0 taken 2 0x2000
            1 exit
            0 exit
            """);
        var text = PluginTest<LinkedPlugins>.Run(recording, "record,outfile=again").TextOf("again");
        string[] steps = ["0 enter 1", "1 enter 1", "1 at 1", "0 load 0 0x8008 8 0x1", "1 store 1 0x9000 8 0x2", "0 done", "1 cut 1", "0 taken 2 0x2000 0x0", "1 exit", "0 exit"];
        await Assert.That(string.Join('\n', text.Split('\n').Where(steps.Contains))).IsEqualTo("0 enter 1\n1 enter 1\n1 at 1\n0 load 0 0x8008 8 0x1\n1 store 1 0x9000 8 0x2\n0 done\n1 cut 1\n0 taken 2 0x2000 0x0\n1 exit\n0 exit");
    }
}
