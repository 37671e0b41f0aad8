using System.Buffers.Binary;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.BadInput;

/// <summary>A good ELF program to spoil, and where its fields are (gABI, ELF64).</summary>
internal static class ElfFields
{
    public const int Class = 4;
    public const int ByteOrder = 5;
    public const int Type = 16;
    public const int Machine = 18;
    public const int Entry = 24;
    public const int HeaderOffset = 32;
    public const int HeaderSize = 54;
    public const int HeaderCount = 56;

    /// <summary>Bytes of the ELF header.</summary>
    public const int Length = 64;

    // Within a program header.
    public const int SegmentType = 0;
    public const int SegmentOffset = 8;
    public const int SegmentAddress = 16;
    public const int SegmentFileSize = 32;
    public const int SegmentMemorySize = 40;
    public const int SegmentAlignment = 48;

    /// <summary>Bytes of a program header.</summary>
    public const int SegmentLength = 56;

    /// <summary>The program header of the code and that of the data; the last one says how the stack is to be.</summary>
    public const int Code = 1;
    public const int Data = 2;
    public const int Stack = 3;

    /// <summary>A new copy of the guest <c>hello</c>: two loadable segments, no interpreter.</summary>
    public static byte[] Good() => File.ReadAllBytes(Repository.Guest("hello"));

    /// <summary>Where a field of a program header is.</summary>
    public static int Segment(int number, int field) => Length + (number * SegmentLength) + field;

    /// <summary>The program with one field overwritten; the value's type is the field's.</summary>
    public static byte[] With(this byte[] program, int offset, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(program.AsSpan(offset), value);
        return program;
    }

    /// <inheritdoc cref="With(byte[], int, ulong)"/>
    public static byte[] With(this byte[] program, int offset, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(program.AsSpan(offset), value);
        return program;
    }

    /// <inheritdoc cref="With(byte[], int, ulong)"/>
    public static byte[] With(this byte[] program, int offset, ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(offset), value);
        return program;
    }

    /// <inheritdoc cref="With(byte[], int, ulong)"/>
    public static byte[] With(this byte[] program, int offset, byte value)
    {
        program[offset] = value;
        return program;
    }
}
