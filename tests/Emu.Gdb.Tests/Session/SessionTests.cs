using Emu.Engine.Debugging;
using TUnit.Assertions.Enums;

namespace Emu.Gdb.Tests.Session;

/// <summary>What a debugger's packets are answered with; the guest stands still.</summary>
public class SessionTests
{
    [Test]
    [Arguments("?", "T05thread:2a;20:0000010000000000;2:0000000000000000;8:0000000000000000;")]
    [Arguments("qC", "QC2a")]
    [Arguments("qfThreadInfo", "m2a")]
    [Arguments("qsThreadInfo", "l")]
    [Arguments("qThreadExtraInfo,2a", "613c62")]
    [Arguments("qThreadExtraInfo,2b", "E03")]
    [Arguments("T2a", "OK")]
    [Arguments("T2b", "E03")]
    [Arguments("Hg2a", "OK")]
    [Arguments("Hg0", "OK")]
    [Arguments("Hc-1", "OK")]
    [Arguments("Hg2b", "E03")]
    [Arguments("Hg", "E16")]
    [Arguments("Hgxyz", "E16")]
    [Arguments("p20", "0000010000000000")]
    [Arguments("p41", "E16")]
    [Arguments("pzz", "E16")]
    [Arguments("P20", "E16")]
    [Arguments("P0=0000000000000000", "E16")]
    [Arguments("Pa=00", "E16")]
    [Arguments("m10000,4", "00000000")]
    [Arguments("m10ffe,4", "0000")]
    [Arguments("m0,4", "E0e")]
    [Arguments("mffffffffffffffff,ffffffffffffffff", "E0e")]
    [Arguments("m10000", "E16")]
    [Arguments("M10000,2:00", "E16")]
    [Arguments("M0,1:00", "E0e")]
    [Arguments("X10000,2:a", "E16")]
    [Arguments("Z0,10000,4", "OK")]
    [Arguments("Z1,10000,4;X1,2", "OK")]
    [Arguments("z0,10000,4", "OK")]
    [Arguments("Z2,10000,0", "E16")]
    [Arguments("Z4,ffffffffffffffff,ff", "E16")]
    [Arguments("Z5,10000,4", "")]
    [Arguments("Z0", "E16")]
    [Arguments("Z0,,", "E16")]
    [Arguments("vCont?", "vCont;c;C;s;S;t;r")]
    [Arguments("vCont;x", "E16")]
    [Arguments("vCont;", "E16")]
    [Arguments("vCont;r1", "E16")]
    [Arguments("vMustReplyEmpty", "")]
    [Arguments("qXfer:auxv:read::0,ff", "l\x01\x02\x03#")]
    [Arguments("qXfer:auxv:read::2,1", "m\x03")]
    [Arguments("qXfer:auxv:read::9,1", "l")]
    [Arguments("qXfer:exec-file:read::0,ff", "l/bin/guest")]
    [Arguments("qXfer:features:read:other.xml:0,ff", "E00")]
    [Arguments("qXfer:siginfo:read::0,ff", "E00")]
    [Arguments("qXfer:nothing:read::0,ff", "")]
    [Arguments("qXfer:auxv:read::0", "")]
    [Arguments("qXfer:threads:read::0,ff", "l<?xml version=\"1.0\"?><threads><thread id=\"2a\" name=\"a?b\"/></threads>")]
    [Arguments("QPassSignals:e;10", "OK")]
    [Arguments("QPassSignals:zz", "E16")]
    [Arguments("vFile:setfs:0", "F0")]
    [Arguments("vFile:open:2f6e6f,0,0", "F-1,2")]
    [Arguments("vFile:open:2f66696c65,1,0", "F-1,1e")]
    [Arguments("vFile:open:zz,0,0", "F-1,16")]
    [Arguments("vFile:pread:64,8,0", "F-1,16")]
    [Arguments("vFile:readlink:2f61", "F5;there")]
    [Arguments("vFile:unlink:2f61", "F-1,1e")]
    [Arguments("vFile:nothing:", "")]
    [Arguments("unknown", "")]
    [Arguments("", "")]
    public async Task A_packet_is_answered(string packet, string answer)
    {
        using var debugger = new ScriptedDebugger();
        await Assert.That(debugger.Say(packet)).IsEquivalentTo([answer], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Packets_are_acknowledged_until_that_is_not_wanted()
    {
        using var debugger = new ScriptedDebugger();
        debugger.SayBytes("$qC#b4$qC#00-$QStartNoAckMode#b0+$qC#b4-");
        await Assert.That(debugger.Sent).IsEqualTo("+$QC2a#27-$QC2a#27+$OK#9a$QC2a#27");
    }

    [Test]
    public async Task Processes_are_named_once_the_debugger_knows_them()
    {
        using var debugger = new ScriptedDebugger();
        var answers = debugger.Say("qSupported:multiprocess+;swbreak+", "qC", "Hgp29.2a", "Hgp29.-1", "Hgp2.2a", "Tp29.2a");
        await Assert.That(answers[0]).Contains("multiprocess+").And.Contains("qXfer:features:read+").And.Contains("PacketSize=4000");
        await Assert.That(answers[1..]).IsEquivalentTo(["QCp29.2a", "OK", "OK", "E16", "OK"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Registers_and_memory_are_what_was_written()
    {
        using var debugger = new ScriptedDebugger();
        var answers = debugger.Say("Pa=efcdab8967452301", "pa", "M10010,4:deadbeef", "m10010,5", "X10014,3:}\x03}\x04z", "m10014,3");
        await Assert.That(answers).IsEquivalentTo(["OK", "efcdab8967452301", "OK", "deadbeef00", "OK", "23247a"], CollectionOrdering.Matching);
        var all = debugger.Say("g").Single();
        await Assert.That(all.Length).IsEqualTo(2 * (8 * 32 + 8 + 8 * 32 + 3 * 4 + 3 * 8));
        await Assert.That(all.Substring(2 * 8 * 10, 16)).IsEqualTo("efcdab8967452301");
        await Assert.That(debugger.Say("G" + new string('1', 2 * 8 * 33), "pb", "p20", "p21", "Gzz"))
            .IsEquivalentTo(["OK", "1111111111111111", "1111111111111111", "0000000000000000", "E16"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Files_are_read_and_closed()
    {
        using var debugger = new ScriptedDebugger();
        var answers = debugger.Say("vFile:open:2f66696c65,0,0", "vFile:pread:64,4,0", "vFile:pread:64,99,4", "vFile:fstat:64", "vFile:close:64", "vFile:close:64");
        await Assert.That(answers[..3]).IsEquivalentTo(["F64", "F4;cont", "F4;ents"], CollectionOrdering.Matching);
        await Assert.That(answers[3]).StartsWith("F40;\0\0\0\x01\0\0\0\x02\0\0\x81\xa4");
        await Assert.That(answers[4..]).IsEquivalentTo(["F0", "F-1,16"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task The_target_description_comes_in_parts()
    {
        using var debugger = new ScriptedDebugger();
        var (text, offset) = ("", 0);
        string part;
        do
        {
            part = debugger.Say($"qXfer:features:read:target.xml:{offset:x},200").Single();
            text += part[1..];
            offset = text.Length;
        }
        while (part[0] == 'm');
        await Assert.That(text).Contains("<architecture>riscv:rv64</architecture>").And.Contains("<reg name=\"pc\" bitsize=\"64\" type=\"code_ptr\" regnum=\"32\"/>");
        await Assert.That(System.Xml.Linq.XDocument.Parse(text[text.IndexOf("<target", StringComparison.Ordinal)..]).Descendants("reg").Count()).IsEqualTo(71);
    }

    [Test]
    public async Task A_breakpoint_of_two_kinds_is_there_until_both_are_removed()
    {
        using var debugger = new ScriptedDebugger();
        // Whatever a debugger has set is gone when it has gone.
        debugger.Say("Z0,10000,2", "Z1,10000,4", "z0,10000,2");
        await Assert.That(debugger.Debugger.Breakpoints.IsEmpty).IsTrue();
        await Assert.That(debugger.Debugger.HasLeft).IsTrue();
        await Assert.That(debugger.Threads[0].VCpu.Mode).IsEqualTo(RunMode.Continue);
    }

    [Test]
    public async Task Kill_and_detach_end_the_session()
    {
        using var debugger = new ScriptedDebugger();
        await Assert.That(debugger.Say("D", "qC")).IsEquivalentTo(["OK"], CollectionOrdering.Matching);
        await Assert.That(debugger.WasKilled).IsFalse();
        await Assert.That(debugger.Say("vKill;29", "qC")).IsEquivalentTo(["OK"], CollectionOrdering.Matching);
        await Assert.That(debugger.WasKilled).IsTrue();
    }

    [Test]
    public async Task No_garbage_ends_the_session()
    {
        const int Seed = 20261127;
        var random = new Random(Seed);
        string[] starts = ["", "m", "M", "X", "p", "P", "g", "G", "H", "Hg", "T", "Z0", "Z2,", "z3,", "vCont;", "vFile:", "vFile:open:", "vFile:pread:", "qXfer:", "qXfer:features:read:", "QPassSignals:", "qSupported:", "c", "C", "S"];
        for (var round = 0; round < 3000; round++)
        {
            using var debugger = new ScriptedDebugger();
            var packet = starts[random.Next(starts.Length)];
            for (var length = random.Next(24); length > 0; length--)
                packet += random.Next(3) == 0 ? (char)random.Next(256) : "0123456789abcdef,:;=-p."[random.Next(23)];
            packet = packet.Replace("$", "", StringComparison.Ordinal).Replace("#", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            // A packet that resumes the guest has no answer of its own.
            var answers = debugger.Say("QStartNoAckMode", packet, "qsThreadInfo");
            await Assert.That(answers[0]).IsEqualTo("OK").Because($"seed {Seed}, round {round}: {packet}");
        }
    }
}
