using System.Buffers.Binary;
using System.IO.Compression;

namespace Emu.Cli.Tests.Plugins;

/// <summary>An access as a trace has it.</summary>
internal readonly record struct TracedAccess(ulong Pc, ulong Address, int Size, bool IsStore);

/// <summary>A frame of a trace.</summary>
internal sealed record TraceFrame(int Process, long Thread, ulong First, int VCpu, List<TracedAccess> Accesses);

/// <summary>Reads memtrace's frames by nothing but what the plugin's README says of the format.</summary>
internal static class MemtraceFile
{
    public static List<TraceFrame> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var frames = new List<TraceFrame>();
        for (var at = 0; at < bytes.Length;)
        {
            var head = bytes.AsSpan(at, 40);
            if (!head[..4].SequenceEqual("EMT\x01"u8))
                throw new InvalidDataException($"no frame at {at}");
            var (count, length, compressed) = (Int32(head, 28), Int32(head, 32), Int32(head, 36));
            var content = Decompress(bytes.AsMemory(at + 40, compressed), length);
            frames.Add(new(Int32(head, 4), BinaryPrimitives.ReadInt64LittleEndian(head[8..]), BinaryPrimitives.ReadUInt64LittleEndian(head[16..]), Int32(head, 24), Decode(content, count)));
            at += 40 + compressed;
        }

        return frames;
    }

    private static List<TracedAccess> Decode(byte[] content, int count)
    {
        var sites = new (ulong Next, ulong Address, ulong Step)[4096];
        var accesses = new List<TracedAccess>();
        var at = count;
        var pc = 0UL;
        foreach (var tag in content.AsSpan(0, count))
        {
            ref var last = ref sites[(pc >> 1) & 4095];
            last.Next = pc = (tag & 8) != 0 ? last.Next : pc + Difference(content, ref at);
            ref var site = ref sites[(pc >> 1) & 4095];
            site.Step = (tag & 16) != 0 ? site.Step : Difference(content, ref at);
            site.Address += site.Step;
            accesses.Add(new(pc, site.Address, 1 << (tag & 3), (tag & 4) != 0));
        }

        return at == content.Length ? accesses : throw new InvalidDataException($"{content.Length - at} bytes are left");
    }

    private static ulong Difference(byte[] content, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var octet = content[at++];
            number |= (octet & 127UL) << shift;
            if (octet < 128)
                return (number & 1) != 0 ? ~(number >> 1) : number >> 1;
        }
    }

    private static byte[] Decompress(ReadOnlyMemory<byte> compressed, int length)
    {
        using var zlib = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        var content = new byte[length];
        zlib.ReadExactly(content);
        return zlib.ReadByte() < 0 ? content : throw new InvalidDataException("the content is longer than the head says");
    }

    private static int Int32(ReadOnlySpan<byte> head, int offset) => BinaryPrimitives.ReadInt32LittleEndian(head[offset..]);
}
