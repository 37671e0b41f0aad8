using Emu.Plugins.Testing;
using Emu.Plugins.Tests.Machines;
using Emu.Replay;

namespace Emu.Plugins.Tests.Replay;

/// <summary>What a recording does not hold is refused by name, or answered with no.</summary>
public class LimitTests
{
    private static readonly Recording Small = Recording.Of(
        """
        emu-recording 1
        guest riscv64
        block 1 0x1000 6522 e02a 8082    # ld a0, 8(sp); sd a0, 0(sp); ret
        0 start 1
        0 enter 1
        0 load 0 0x8008 8 0x1122334455667788
        0 store 1 0x8000 8 0x1122334455667788
        0 taken 2 0x2000
        0 exit
        """);

    [Test]
    public async Task Registers_cannot_be_read() => await Assert.That(Run("execlog,reg=a0")).IsEqualTo("PluginTestException: plugin 'execlog' failed: NotSupportedException: register 'a0' cannot be read, as the recording does not hold it");

    [Test]
    public async Task What_changes_the_guest_or_answers_for_it_is_refused()
    {
        await Assert.That(Run("probe,allow=write")).IsEqualTo("PluginInstallException: plugin 'probe' changes registers and memory of the guest, which a recording does not allow");
        await Assert.That(Run("lockstep,sockpath=s")).Contains("no other emulator can be met here");
    }

    [Test]
    public async Task Memory_is_known_where_it_was_seen()
    {
        var peek = new Peek();
        PluginTest<LinkedPlugins>.RunWith(Small, peek);
        // Before the instruction, which sees only what came before it; code is known from when it is translated.
        await Assert.That(string.Join(' ', peek.Seen)).IsEqualTo("none none none 0x1122334455667788 0x1122334455667788 0x1122334455667788 code");
    }

    [Test]
    public async Task A_plugin_can_end_it()
    {
        var result = PluginTest<LinkedPlugins>.Run(Small, "stoptrigger,icount=1:7", "insn");
        await Assert.That(result.ExitCode).IsEqualTo(7);
    }

    private static string Run(string plugin)
    {
        try
        {
            PluginTest<LinkedPlugins>.Run(Small, plugin);
            return "";
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }
}
