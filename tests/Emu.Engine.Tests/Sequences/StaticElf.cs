using System.Buffers.Binary;
using System.Text;

namespace Emu.Engine.Tests.Sequences;

/// <summary>The least ELF file that Linux runs: a header, two segments, no sections.</summary>
internal static class StaticElf
{
    private const int HeaderSize = 64, ProgramHeaderSize = 56, PageSize = 0x1000;
    private const uint Execute = 1, Write = 2, Read = 4;
    private const ushort RiscV = 243;
    private const uint CompressedAndDoubles = 5;

    /// <summary>The file for a program; it starts with its first instruction.</summary>
    public static byte[] Of(SequenceProgram program)
    {
        var codeOffset = PageSize;
        var dataOffset = (codeOffset + program.Code.Length + PageSize - 1) / PageSize * PageSize;
        var file = new byte[dataOffset + program.Data.Length];
        WriteHeader(file);
        WriteSegment(file.AsSpan(HeaderSize), Read | Execute, codeOffset, SequenceProgram.CodeAddress, program.Code.Length);
        WriteSegment(file.AsSpan(HeaderSize + ProgramHeaderSize), Read | Write, dataOffset, SequenceProgram.DataAddress, program.Data.Length);
        program.Code.CopyTo(file, codeOffset);
        program.Data.CopyTo(file, dataOffset);
        return file;
    }

    private static void WriteHeader(Span<byte> file)
    {
        Encoding.Latin1.GetBytes("\u007fELF\u0002\u0001\u0001").CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file[16..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(file[18..], RiscV);
        BinaryPrimitives.WriteUInt32LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(file[24..], SequenceProgram.CodeAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(file[32..], HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(file[48..], CompressedAndDoubles);
        BinaryPrimitives.WriteUInt16LittleEndian(file[52..], HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file[54..], ProgramHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file[56..], 2);
    }

    private static void WriteSegment(Span<byte> header, uint rights, int offset, ulong address, int length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], rights);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], (ulong)offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], (ulong)length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], (ulong)length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], PageSize);
    }
}
