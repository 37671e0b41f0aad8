namespace Emu.Ir.Reference;

/// <summary>Guest memory for the reference interpreter: one readable window, of which the tail can be made read-only.</summary>
public sealed class ReferenceMemory(ulong start, int size)
{
    /// <summary>Guest address of the first byte.</summary>
    public ulong Start => start;

    /// <summary>The content.</summary>
    public byte[] Bytes { get; } = new byte[size];

    /// <summary>Number of bytes, from the first, that can be written.</summary>
    public int WritableSize { get; set; } = size;

    /// <summary>The little-endian value at <paramref name="address"/>, zero-extended; false and the first address that cannot be read otherwise.</summary>
    public bool TryRead(ulong address, int length, out ulong value, out ulong fault)
    {
        value = 0;
        if (!IsInside(address, length, Bytes.Length, out fault))
            return false;
        for (var index = length - 1; index >= 0; index--)
            value = (value << 8) | Bytes[address - start + (ulong)index];
        return true;
    }

    /// <summary>Writes the low bytes of <paramref name="value"/>; false, the first address that cannot be written, and nothing written otherwise.</summary>
    public bool TryWrite(ulong address, int length, ulong value, out ulong fault)
    {
        if (!IsInside(address, length, WritableSize, out fault))
            return false;
        for (var index = 0; index < length; index++)
            Bytes[address - start + (ulong)index] = (byte)(value >> (8 * index));
        return true;
    }

    private bool IsInside(ulong address, int length, int limit, out ulong fault)
    {
        for (fault = address; fault != address + (ulong)length; fault++)
            if (fault - start >= (ulong)limit)
                return false;
        return true;
    }
}
