using System.Buffers.Binary;

namespace StandardPlugins;

/// <summary>A record of the table of blocks: offset in the module (4 bytes), length in bytes (2), number of the module (2), the low bytes first.</summary>
internal static class DrcovBlock
{
    public const int Size = 8;

    public static void Write(Span<byte> record, uint offset, int size, int module)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(record, offset);
        BinaryPrimitives.WriteUInt16LittleEndian(record[4..], (ushort)size);
        BinaryPrimitives.WriteUInt16LittleEndian(record[6..], (ushort)module);
    }
}
