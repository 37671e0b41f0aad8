using System.Buffers.Binary;
using System.Text;

namespace Emu.Linux.Symbols.Dwarf;

/// <summary>
/// Reads little-endian values of debugging information one behind the other. What does not lie in the data is 0 or empty and leaves the reader at the end, broken: loops over data end there, and
/// who builds something looks at <see cref="IsBroken"/> once it has read it all.
/// </summary>
internal ref struct DwarfReader(ReadOnlySpan<byte> data, ulong position = 0)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position = position <= (ulong)data.Length ? (int)position : data.Length;

    /// <summary>Something was asked for that is not there.</summary>
    public bool IsBroken { get; private set; } = position > (ulong)data.Length;

    public readonly bool AtEnd => _position >= _data.Length;

    public readonly int Position => _position;

    /// <summary>The same data up to a place, or all of it if that lies behind its end.</summary>
    public readonly DwarfReader Until(ulong end) => new(_data[..(int)Math.Min(end, (ulong)_data.Length)], (ulong)_position);

    public void Skip(ulong count)
    {
        if (count <= (ulong)(_data.Length - _position))
            _position += (int)count;
        else
            Break();
    }

    public byte U8() => Take(1) is [var value] ? value : (byte)0;

    public ushort U16() => Take(2) is { Length: > 0 } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;

    public uint U32() => Take(4) is { Length: > 0 } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public ulong U64() => Take(8) is { Length: > 0 } bytes ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    /// <summary>An unsigned value of 1 to 8 bytes.</summary>
    public ulong Unsigned(int size)
    {
        var value = 0UL;
        var bytes = Take(size);
        for (var index = 0; index < bytes.Length; index++)
            value |= (ulong)bytes[index] << (8 * index);
        return value;
    }

    /// <summary>An offset into a section, of 4 bytes or in the 64-bit format 8 (DWARF 5, 7.4).</summary>
    public ulong Offset(bool is64) => is64 ? U64() : U32();

    /// <summary>The length that a contribution to a section begins with, and which format that announces.</summary>
    public ulong Length(out bool is64)
    {
        var length = U32();
        is64 = length == uint.MaxValue;
        return is64 ? U64() : length;
    }

    /// <summary>A ULEB128 (DWARF 5, 7.6); bits beyond 64 are dropped.</summary>
    public ulong Uleb()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = U8();
            if (shift < 64)
                value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }

    /// <summary>An SLEB128 (DWARF 5, 7.6); bits beyond 64 are dropped.</summary>
    public long Sleb()
    {
        var value = 0L;
        for (var shift = 0; ;)
        {
            var next = U8();
            if (shift < 64)
                value |= (long)(next & 0x7f) << shift;
            shift += 7;
            if (next < 0x80)
                return shift < 64 && (next & 0x40) != 0 ? value | (-1L << shift) : value;
        }
    }

    /// <summary>The bytes up to a zero, which is skipped.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var rest = _data[_position..];
        var length = rest.IndexOf((byte)0);
        if (length < 0)
        {
            Break();
            return [];
        }

        _position += length + 1;
        return rest[..length];
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _data.Length - _position)
        {
            Break();
            return [];
        }

        var bytes = _data.Slice(_position, count);
        _position += count;
        return bytes;
    }

    private void Break()
    {
        _position = _data.Length;
        IsBroken = true;
    }
}
