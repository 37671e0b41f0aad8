using Emu.Plugins.Testing;
using Emu.Replay;

namespace Emu.Plugins.Tests.Replay;

/// <summary>What several vCPUs do comes in the order of the lines, to the instruction.</summary>
public class OrderTests
{
    private const string Steps =
        """
        0 start 1 0x1000
        1 start 2 0x1000
        0 enter 1
        1 enter 1
        1 at 1
        0 load 0 0x8008 8 0x1
        0 done
        1 store 1 0x9000 8 0x2
        0 taken 2 0x2000 0x3000
        1 cut 1
        1 exit
        0 exit

        """;

    [Test]
    public async Task Another_vCPU_may_come_between_any_two_steps()
    {
        // ld a0, 8(sp); sd a0, 0(sp); ret
        var recording = Recording.Of("emu-recording 1\nguest riscv64\nblock 1 0x1000 6522 e02a 8082\n" + Steps);
        var text = PluginTest<LinkedPlugins>.Run(recording, "record,outfile=again").TextOf("again");
        // A recording begins with what is mapped, which in a replay is where blocks lie.
        var steps = text.Split('\n').Where(static line => line.Length > 0 && char.IsAsciiDigit(line[0]) && !line.Contains(" map ", StringComparison.Ordinal));
        await Assert.That(string.Concat(steps.Select(static line => line + "\n"))).IsEqualTo(Steps);
    }
}
