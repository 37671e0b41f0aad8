using System.Buffers.Binary;
using System.IO.Compression;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Writes a frame for each buffer: a head, and what <see cref="AccessEncoder"/> makes, as a zlib stream. The README describes the format.</summary>
/// <param name="process">The number of the process.</param>
internal sealed class FrameWriter(Func<int> process) : ITraceWriter
{
    /// <summary>Length of a head.</summary>
    public const int HeadSize = 40;

    private const byte Version = 1;

    private readonly AccessEncoder _encoder = new();
    private readonly MemoryStream _frame = new();
    private readonly byte[] _head = new byte[HeadSize];
    private long _threadId;
    private ulong _written;

    public ReadOnlySpan<byte> Write(VCpuId vcpu, ReadOnlySpan<Access> accesses)
    {
        if (vcpu.ThreadId != _threadId)
            (_threadId, _written) = (vcpu.ThreadId, 0);
        var content = _encoder.Encode(accesses);
        _frame.SetLength(0);
        _frame.Write(_head);
        using (var compressed = new ZLibStream(_frame, CompressionLevel.Fastest, leaveOpen: true))
            compressed.Write(content);
        var frame = _frame.GetBuffer().AsSpan(0, (int)_frame.Length);
        FillHead(frame, vcpu, accesses.Length, content.Length);
        _written += (ulong)accesses.Length;
        return frame;
    }

    private void FillHead(Span<byte> frame, VCpuId vcpu, int count, int contentLength)
    {
        "EMT"u8.CopyTo(frame);
        frame[3] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], process());
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], vcpu.ThreadId);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[16..], _written);
        BinaryPrimitives.WriteInt32LittleEndian(frame[24..], vcpu.Index);
        BinaryPrimitives.WriteInt32LittleEndian(frame[28..], count);
        BinaryPrimitives.WriteInt32LittleEndian(frame[32..], contentLength);
        BinaryPrimitives.WriteInt32LittleEndian(frame[36..], frame.Length - HeadSize);
    }
}
