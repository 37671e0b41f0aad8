using Emu;
using Emu.Plugins.Testing;
using Emu.Replay;
using TUnit.Core;

namespace Plugins.Tests;

public class PluginClassTests
{
    /// <summary>A program of six instructions, written by hand.</summary>
    private static readonly Recording Handwritten = Recording.Of(
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

    [Test]
    [Arguments("plugin-name", 3, 1)]
    [Arguments("plugin-name,size=8", 2, 0)]
    [Arguments("plugin-name,symbol=leaf", 1, 1)]
    public async Task Loads_are_counted(string plugin, int loads, int zeros)
    {
        var total = PluginTest<LinkedPlugins>.Run(Handwritten, plugin).Report["total"];
        await Assert.That(total.Number("loads")).IsEqualTo((ulong)loads);
        await Assert.That(total.Number("zeros")).IsEqualTo((ulong)zeros);
    }

    /// <summary>A real program, which was recorded by <c>emu -p record,outfile=hello.rec.gz hello</c>.</summary>
    [Test]
    public async Task A_recorded_program_can_be_watched()
    {
        var result = PluginTest<LinkedPlugins>.Run(Recording.InFile(Path.Combine(AppContext.BaseDirectory, "hello.rec.gz")), "plugin-name");
        await Assert.That(result.Report["total"].Number("loads")).IsGreaterThan(0UL);
    }
}
