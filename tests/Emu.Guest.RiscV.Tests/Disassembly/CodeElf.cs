using System.Buffers.Binary;
using System.Text;

namespace Emu.Guest.RiscV.Tests;

/// <summary>
/// The least ELF file that a disassembler reads: instructions at address 0, and the attributes by which it knows the extensions that
/// they are from (RISC-V psABI, chapter "Attributes").
/// </summary>
internal static class CodeElf
{
    private const int HeaderSize = 64, SectionHeaderSize = 64, Sections = 4;
    private const ushort RiscV = 243;
    private const uint ProgramBits = 1, StringTable = 3, RiscVAttributes = 0x70000003;
    private const ulong AllocatedAndExecutable = 6;

    private const string Names = "\0.text\0.riscv.attributes\0.names\0";

    /// <summary>The file for code of an architecture, as in <c>-march=</c> with a version behind each extension.</summary>
    public static byte[] Of(ReadOnlySpan<byte> code, string architecture)
    {
        var (attributes, names) = (Attributes(architecture), Encoding.ASCII.GetBytes(Names));
        var headers = HeaderSize + code.Length + attributes.Length + names.Length;
        var file = new byte[headers + Sections * SectionHeaderSize];
        WriteHeader(file, headers);
        var (offset, place) = (HeaderSize, headers + SectionHeaderSize); // the first section header is empty
        Append(code, ".text", ProgramBits, AllocatedAndExecutable);
        Append(attributes, ".riscv.attributes", RiscVAttributes, 0);
        Append(names, ".names", StringTable, 0);
        return file;

        void Append(ReadOnlySpan<byte> content, string name, uint type, ulong flags)
        {
            content.CopyTo(file.AsSpan(offset));
            var header = file.AsSpan(place);
            BinaryPrimitives.WriteInt32LittleEndian(header, Names.IndexOf(name + "\0", StringComparison.Ordinal));
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], type);
            BinaryPrimitives.WriteUInt64LittleEndian(header[8..], flags);
            BinaryPrimitives.WriteInt64LittleEndian(header[24..], offset);
            BinaryPrimitives.WriteInt64LittleEndian(header[32..], content.Length);
            BinaryPrimitives.WriteInt64LittleEndian(header[48..], 1);
            (offset, place) = (offset + content.Length, place + SectionHeaderSize);
        }
    }

    private static void WriteHeader(Span<byte> file, int sectionHeaders)
    {
        Encoding.Latin1.GetBytes("\u007fELF\u0002\u0001\u0001").CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file[16..], 1); // relocatable
        BinaryPrimitives.WriteUInt16LittleEndian(file[18..], RiscV);
        BinaryPrimitives.WriteUInt32LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteInt64LittleEndian(file[40..], sectionHeaders);
        BinaryPrimitives.WriteUInt16LittleEndian(file[52..], HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file[58..], SectionHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file[60..], Sections);
        BinaryPrimitives.WriteUInt16LittleEndian(file[62..], Sections - 1); // where the names are
    }

    /// <summary>Format 'A', one vendor, one part about the whole file (tag 1), one attribute: the architecture (tag 5).</summary>
    private static byte[] Attributes(string architecture)
    {
        byte[] attribute = [5, .. Encoding.ASCII.GetBytes(architecture), 0];
        byte[] part = [1, .. Length(attribute.Length + 5), .. attribute];
        byte[] vendor = [.. "riscv\0"u8, .. part];
        return [(byte)'A', .. Length(vendor.Length + 4), .. vendor];
    }

    private static byte[] Length(int bytes)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes);
        return length;
    }
}
