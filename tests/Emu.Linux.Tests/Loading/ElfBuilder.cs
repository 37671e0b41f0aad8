using System.Buffers.Binary;

namespace Emu.Linux.Tests.Loading;

/// <summary>Builds small ELF64 files for riscv64, sound ones unless a test patches them.</summary>
internal sealed class ElfBuilder
{
    public const int HeaderSize = 64;
    public const int ProgramHeaderSize = 56;
    private readonly List<(uint Type, uint Flags, ulong Offset, ulong Address, ulong FileSize, ulong MemorySize, ulong Alignment)> _headers = [];

    public ushort Type { get; init; } = 2;

    public ulong Entry { get; init; } = 0x10100;

    public int FileLength { get; init; } = 0x3000;

    public string? Interpreter { get; init; }

    /// <summary>A program with one readable and executable and one writable segment that has a zero part.</summary>
    public static ElfBuilder Program(ushort type = 2, ulong start = 0x10000, string? interpreter = null) =>
        new ElfBuilder { Type = type, Entry = start + 0x100, Interpreter = interpreter }
            .Segment(5, 0, start, 0x1000, 0x1000)
            .Segment(6, 0x1000, start + 0x1000, 0x1800, 0x4000);

    public ElfBuilder Segment(uint flags, ulong offset, ulong address, ulong fileSize, ulong memorySize, ulong alignment = 0x1000)
    {
        _headers.Add((1, flags, offset, address, fileSize, memorySize, alignment));
        return this;
    }

    /// <summary>A header that loads nothing.</summary>
    public ElfBuilder Header(uint type, uint flags)
    {
        _headers.Add((type, flags, 0, 0, 0, 0, 16));
        return this;
    }

    public byte[] Build()
    {
        var file = new byte[FileLength];
        for (var i = 0; i < file.Length; i++)
            file[i] = (byte)(i >> 4);
        if (Interpreter is not null)
        {
            var path = System.Text.Encoding.UTF8.GetBytes(Interpreter + "\0");
            path.CopyTo(file, 0x800);
            _headers.Insert(0, (3, 4, 0x800, 0x10800, (ulong)path.Length, (ulong)path.Length, 1));
        }

        WriteHeader(file);
        for (var index = 0; index < _headers.Count; index++)
            WriteProgramHeader(file.AsSpan(HeaderSize + index * ProgramHeaderSize), index);
        return file;
    }

    private void WriteHeader(Span<byte> file)
    {
        file[..HeaderSize].Clear();
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file[16..], Type);
        BinaryPrimitives.WriteUInt16LittleEndian(file[18..], 243);
        BinaryPrimitives.WriteUInt32LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(file[24..], Entry);
        BinaryPrimitives.WriteUInt64LittleEndian(file[32..], HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file[52..], HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file[54..], ProgramHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file[56..], (ushort)_headers.Count);
    }

    private void WriteProgramHeader(Span<byte> target, int index)
    {
        var header = _headers[index];
        BinaryPrimitives.WriteUInt32LittleEndian(target, header.Type);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], header.Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], header.Offset);
        BinaryPrimitives.WriteUInt64LittleEndian(target[16..], header.Address);
        BinaryPrimitives.WriteUInt64LittleEndian(target[24..], header.Address);
        BinaryPrimitives.WriteUInt64LittleEndian(target[32..], header.FileSize);
        BinaryPrimitives.WriteUInt64LittleEndian(target[40..], header.MemorySize);
        BinaryPrimitives.WriteUInt64LittleEndian(target[48..], header.Alignment);
    }
}
