using System.Text;
using Emu.Gdb.Packets;
using TUnit.Assertions.Enums;

namespace Emu.Gdb.Tests.Packets;

/// <summary>Bytes to packets and back.</summary>
public class PacketTests
{
    [Test]
    [Arguments("$g#67", "g")]
    [Arguments("+$g#67", "g")]
    [Arguments("++noise$m0,4#fd", "m0,4")]
    [Arguments("$#00", "")]
    [Arguments("$X1,1:}\x03#a0", "X1,1:#")]
    [Arguments("$ab}]#9d", "ab}")]
    [Arguments("$lost$g#67", "g")]
    [Arguments("$M#4D", "M")]
    public async Task A_packet_is_found(string bytes, string payload)
    {
        var found = Read(bytes);
        await Assert.That(found).IsEquivalentTo([(Received.Packet, payload)], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("$g#66")]
    [Arguments("$g#6z")]
    [Arguments("$g#z7")]
    [Arguments("$g#\0\0")]
    public async Task A_wrong_checksum_is_noticed(string bytes) =>
        await Assert.That(Read(bytes)).IsEquivalentTo([(Received.Damaged, "")], CollectionOrdering.Matching);

    [Test]
    public async Task Signs_between_packets_are_told_apart()
    {
        var found = Read("+-\x03$g#67\x03");
        await Assert.That(found.Select(static item => item.What))
            .IsEquivalentTo([Received.Again, Received.Interrupt, Received.Packet, Received.Interrupt], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_packet_that_is_too_long_is_damaged_and_the_next_is_not()
    {
        var longest = new string('a', PacketReader.MaxPacket);
        await Assert.That(Read(Framed(longest)).Single()).IsEqualTo((Received.Packet, longest));
        var found = Read(Framed(longest + "a") + "$g#67");
        await Assert.That(found).IsEquivalentTo([(Received.Damaged, ""), (Received.Packet, "g")], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("OK", "$OK#9a")]
    [Arguments("", "$#00")]
    [Arguments("a#b", "$a}\u0003b#43")]
    [Arguments("000", "$000#90")]
    [Arguments("0000", "$0* #7a")]
    [Arguments("0000000", "$0*\"0#ac")] // six more would be written as '#'
    public async Task A_payload_is_framed(string payload, string packet) =>
        await Assert.That(Encoding.Latin1.GetString(PacketWriter.Encode(payload))).IsEqualTo(packet);

    [Test]
    public async Task What_is_framed_can_be_read_by_who_knows_run_lengths()
    {
        const int Seed = 20261125;
        var random = new Random(Seed);
        for (var round = 0; round < 2000; round++)
        {
            var payload = new StringBuilder();
            while (payload.Length < random.Next(300))
                payload.Append((char)random.Next(256), random.Next(4) == 0 ? random.Next(1, 120) : 1);
            var packet = Encoding.Latin1.GetString(PacketWriter.Encode(payload.ToString()));
            var found = Read(packet).Single();
            await Assert.That(found.What).IsEqualTo(Received.Packet).Because($"seed {Seed}, round {round}");
            await Assert.That(Expanded(packet[1..^3])).IsEqualTo(payload.ToString()).Because($"seed {Seed}, round {round}");
        }
    }

    [Test]
    public async Task Any_bytes_leave_the_reader_sane()
    {
        const int Seed = 20261126;
        var random = new Random(Seed);
        var reader = new PacketReader();
        const string Likely = "$#}+-*\x03g0";
        for (var i = 0; i < 500_000; i++)
            reader.Push(random.Next(2) == 0 ? (byte)random.Next(256) : (byte)Likely[random.Next(Likely.Length)]);
        var last = Received.Nothing;
        foreach (var value in "#00$g#67"u8.ToArray())
            last = reader.Push(value);
        await Assert.That(last).IsEqualTo(Received.Packet).Because($"seed {Seed}");
        await Assert.That(Encoding.Latin1.GetString(reader.Payload)).IsEqualTo("g");
    }

    private static string Framed(string payload) => $"${payload}#{(byte)payload.Sum(static character => character):x2}";

    private static List<(Received What, string Payload)> Read(string bytes)
    {
        var reader = new PacketReader();
        List<(Received, string)> found = [];
        foreach (var value in Encoding.Latin1.GetBytes(bytes))
            if (reader.Push(value) is var what and not Received.Nothing)
                found.Add((what, what == Received.Packet ? Encoding.Latin1.GetString(reader.Payload) : ""));
        return found;
    }

    /// <summary>Undoes escapes and run lengths, as GDB does.</summary>
    private static string Expanded(string packet)
    {
        var text = new StringBuilder();
        for (var i = 0; i < packet.Length; i++)
        {
            if (packet[i] == '*')
                text.Append(text[^1], packet[++i] - 29);
            else
                text.Append(packet[i] == '}' ? (char)(packet[++i] ^ 0x20) : packet[i]);
        }

        return text.ToString();
    }
}
