using System.Runtime.InteropServices;

namespace Emu.Linux.Loading;

/// <summary><c>Elf64_Ehdr</c> (gABI, chapter 4), little-endian.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ElfHeader
{
    public fixed byte Ident[16];
    public ushort Type;
    public ushort Machine;
    public uint Version;
    public ulong Entry;
    public ulong ProgramHeaderOffset;
    public ulong SectionHeaderOffset;
    public uint Flags;
    public ushort HeaderSize;
    public ushort ProgramHeaderSize;
    public ushort ProgramHeaderCount;
    public ushort SectionHeaderSize;
    public ushort SectionHeaderCount;
    public ushort SectionNameIndex;

    /// <summary>ET_EXEC: addresses are final.</summary>
    public const ushort Executable = 2;

    /// <summary>ET_DYN: a shared object or a position-independent program.</summary>
    public const ushort Dynamic = 3;
}

/// <summary><c>Elf64_Phdr</c> (gABI, chapter 5), little-endian.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ElfProgramHeader
{
    public uint Type;
    public uint Flags;
    public ulong Offset;
    public ulong Address;
    public ulong PhysicalAddress;
    public ulong FileSize;
    public ulong MemorySize;
    public ulong Alignment;

    /// <summary>PT_LOAD</summary>
    public const uint Load = 1;

    /// <summary>PT_INTERP</summary>
    public const uint Interpreter = 3;

    /// <summary>PT_PHDR</summary>
    public const uint Headers = 6;

    /// <summary>PT_GNU_STACK: its flags are the rights of the stack.</summary>
    public const uint Stack = 0x6474e551;

    /// <summary>PF_X</summary>
    public const uint Execute = 1;
}

/// <summary><c>Elf64_Shdr</c> (gABI, chapter 4), little-endian.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ElfSectionHeader
{
    public uint Name;
    public uint Type;
    public ulong Flags;
    public ulong Address;
    public ulong Offset;
    public ulong Size;
    public uint Link;
    public uint Info;
    public ulong Alignment;
    public ulong EntrySize;
}

/// <summary><c>Elf64_Sym</c> (gABI, chapter 4), little-endian.</summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct ElfSymbol
{
    public uint Name;
    public byte Info;
    public byte Other;
    public ushort Section;
    public ulong Value;
    public ulong Size;

    /// <summary>Bytes of a symbol.</summary>
    public const int Bytes = 24;
}
