using System.Buffers.Binary;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>One thread's records: 16 bytes each, the time and a word that holds, from its lowest bit on, type (2), more (1), magic (3), depth (10) and address (48) (uftrace, libmcount/mcount.h).</summary>
internal sealed class UftraceThread(PluginOutput output)
{
    private const int RecordSize = 16;
    private const ulong Entry = 0, Exit = 1, Magic = 5;
    private const int DeepestShown = (1 << 10) - 1;

    private readonly byte[] _buffer = new byte[RecordSize * 2048];
    private int _filled;
    private int _depth;

    public void Enter(ulong function, ulong time) => Write(Entry, _depth++, function, time);

    public void Leave(ulong function, ulong time) => Write(Exit, --_depth, function, time);

    /// <summary>Writes what is kept back.</summary>
    public void Flush()
    {
        output.Write(_buffer.AsSpan(0, _filled));
        _filled = 0;
    }

    private void Write(ulong type, int depth, ulong function, ulong time)
    {
        if (depth > DeepestShown)
            return;
        var record = _buffer.AsSpan(_filled, RecordSize);
        BinaryPrimitives.WriteUInt64LittleEndian(record, time);
        BinaryPrimitives.WriteUInt64LittleEndian(record[8..], type | (Magic << 3) | ((ulong)depth << 6) | (function << 16));
        _filled += RecordSize;
        if (_filled == _buffer.Length)
            Flush();
    }
}
