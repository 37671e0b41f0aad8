using Emu.Plugins.Testing;
using Emu.Replay;

namespace Emu.Plugins.Tests.Replay;

/// <summary>A recording that makes no sense is refused in one line that names the place.</summary>
public class BadRecordingTests
{
    private const string Head = "emu-recording 1\nguest riscv64\nblock 1 0x1000 0505 8082\n0 start 1\n";

    [Test]
    [Arguments("", "the recording recording is empty")]
    [Arguments("guest riscv64", "recording, line 1: a recording begins with 'emu-recording 1'")]
    [Arguments("\n# only a comment\n0 start 1", "recording, line 3: a recording begins with 'emu-recording 1'")]
    [Arguments("emu-recording 2", "recording, line 1: the recording has version 2; this emulator reads version 1")]
    [Arguments("emu-recording 1", "the recording recording does not name its guest, as in 'guest riscv64'")]
    [Arguments("emu-recording 1\nguest vax", "the recording recording is of a guest 'vax', which this emulator does not know")]
    [Arguments("emu-recording 1\nguest riscv64 max", "recording, line 2: nothing may stand behind what is there, but 'max' does")]
    [Arguments("emu-recording 1\nsymbol 1 0x10 4 function f", "recording, line 2: no module 1 was defined before")]
    [Arguments("emu-recording 1\nsymbol 0 0x10 4 label f", "recording, line 2: the kind of symbol is 'label'; allowed: function, object")]
    [Arguments("emu-recording 1\nmodule 1 0 0 zero - /a", "recording, line 2: the module's end is 'zero', which is no number")]
    [Arguments("emu-recording 1\nmodule 1 0 0 1 - /a%2", "recording, line 2: the module's path is '/a%2', in which two hexadecimal digits do not stand behind each %")]
    [Arguments("emu-recording 1\nmodule 1 0 0 1 - /a 0 1 0 rx", "recording, line 2: a segment's rights is 'rx'; allowed: rwx with - for what is not allowed, and p or s behind it")]
    public async Task The_head_is_read_first(string text, string message) => await Assert.That(MessageOf(text)).IsEqualTo(message);

    [Test]
    [Arguments("blocks 2 0x1000 0505", "no line begins with 'blocks'; there are: guest, program, module, symbol, block, and numbers of vCPUs")]
    [Arguments("block 1 0x1000 0505", "there is a block 1 already")]
    [Arguments("block 2 0x1000", "an instruction is missing")]
    [Arguments("block 2 0x1000 addi", "'addi' is no instruction in hexadecimal, as in 00a50533")]
    [Arguments("block 2 0x1000 00000505", "the instruction at 0x1000 has 2 bytes, but 4 are given")]
    [Arguments("block 2 0x1000 0505 @here 0505", "'@here' is no address, as in @0x10400")]
    [Arguments("block 2 0xffffffffffff0000 0505", "no instruction can lie at 0xffffffffffff0000")]
    [Arguments("0 start 1", "vCPU 0 has started already")]
    [Arguments("1 enter 1", "vCPU 1 has not started: '1 start 1' is missing before this line")]
    [Arguments("0 jump 1", "a vCPU does not 'jump'; allowed: reg, start, enter, at, done, cut, load, store, taken, passed, syscall, result, idle, resume, interrupt, exception, return, map, protect, unmap, move, loaded, fork, exec, exit")]
    [Arguments("0 enter 7", "no block 7 was defined before")]
    [Arguments("0 load 0 0x1000 8 1", "the vCPU is in no block")]
    [Arguments("0 enter 1\n0 at 2", "the block has no instruction 2, but 2 of them from 0 on")]
    [Arguments("0 enter 1\n0 at 1\n0 load 0 0x1000 8 1", "the vCPU has come to instruction 1 of the block already")]
    [Arguments("0 enter 1\n0 load 0 0x1000 3 1", "the size is 3; allowed: 1, 2, 4, 8")]
    [Arguments("0 enter 1\n0 load 0 0x1000 1 0x100", "the value 0x100 does not fit in 1 bytes")]
    [Arguments("0 enter 1\n0 load 0 0x1000 8", "the value is missing")]
    [Arguments("0 reg b0 1", "the guest has no register 'b0'")]
    [Arguments("0 result 0", "the vCPU has made no system call that this is the result of")]
    [Arguments("0 loaded 3", "no module 3 was defined before")]
    [Arguments("0 fork twin 7", "which of the two it is, is 'twin'; allowed: child, parent")]
    [Arguments("70000 start 1", "'70000' is no number of a vCPU")]
    public async Task A_bad_line_is_named(string lines, string message)
    {
        var number = Head.Count(static character => character == '\n') + lines.Count(static character => character == '\n') + 1;
        await Assert.That(MessageOf(Head + lines)).IsEqualTo($"recording, line {number}: {message}");
    }

    [Test]
    public async Task A_file_that_is_not_there_is_named() =>
        await Assert.That(MessageOf(Recording.InFile("/there/is/none"))).StartsWith("the recording '/there/is/none' cannot be read: ");

    private static string MessageOf(string text) => MessageOf(Recording.Of(text));

    private static string MessageOf(Recording recording)
    {
        try
        {
            PluginTest<LinkedPlugins>.Run(recording, "insn");
            return "";
        }
        catch (RecordingException error)
        {
            return error.Message;
        }
    }
}
