using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Emu.Engine.Memory;
using Emu.Linux.Abi;
using ZLinq;

namespace Emu.Linux.Loading;

/// <summary>Reads the headers of an ELF file and refuses what cannot be loaded. No number of the file is believed before it is checked.</summary>
internal sealed class ElfReader(ProgramFile file, LinuxGuest guest)
{
    /// <summary>Program headers in bytes at most, as in Linux (fs/binfmt_elf.c, load_elf_phdrs).</summary>
    private const int MaxHeaderBytes = 65536;

    /// <summary>PATH_MAX: no interpreter's path is longer.</summary>
    private const int MaxPath = 4096;

    /// <summary>Larger alignments than the largest huge page are nonsense.</summary>
    private const ulong MaxAlignment = 1UL << 30;

    private static readonly UTF8Encoding Utf8 = new(false);

    public ElfImage Read()
    {
        var header = ReadHeader();
        var headers = ReadProgramHeaders(header);
        var segments = headers.AsValueEnumerable().Where(static item => item.Type == ElfProgramHeader.Load).OrderBy(static item => item.Address).ToList();
        if (segments.Count == 0)
            throw file.NotRunnable("has no loadable segment");
        for (var index = 0; index < segments.Count; index++)
            CheckSegment(segments, index);
        return new ElfImage
        {
            Path = file.Path,
            IsPositionIndependent = header.Type == ElfHeader.Dynamic,
            Entry = header.Entry,
            Segments = segments,
            HeadersAddress = FindHeaders(header, headers, segments),
            HeaderCount = headers.Length,
            Interpreter = ReadInterpreter(headers),
            // The last one counts (fs/binfmt_elf.c, load_elf_binary).
            WantsExecutableStack = (Array.FindLast(headers, static item => item.Type == ElfProgramHeader.Stack).Flags & ElfProgramHeader.Execute) != 0,
        };
    }

    private unsafe ElfHeader ReadHeader()
    {
        var header = default(ElfHeader);
        var bytes = MemoryMarshal.AsBytes(new Span<ElfHeader>(ref header));
        var count = file.ReadAt(0, bytes);
        if (count == 0)
            throw file.NotRunnable("is empty");
        if (bytes.StartsWith("#!"u8))
            throw file.NotRunnable("is a script, not an ELF program: name its interpreter first");
        if (!bytes.StartsWith("\u007fELF"u8))
            throw file.NotRunnable("is not an ELF program");
        if (count < bytes.Length)
            throw file.NotRunnable("is truncated: its ELF header is incomplete");
        if (header.Ident[4] != 2)
            throw file.NotRunnable(header.Ident[4] == 1 ? "is a 32-bit ELF program" : $"has the unknown ELF class {header.Ident[4]}");
        if (header.Ident[5] != 1)
            throw file.NotRunnable(header.Ident[5] == 2 ? "is a big-endian ELF program" : $"has the unknown ELF byte order {header.Ident[5]}");
        if (header.Machine != guest.ElfMachine)
            throw file.NotRunnable($"is for ELF machine {header.Machine}, not for {guest.Machine} ({guest.ElfMachine})");
        if (header.Type is not (ElfHeader.Executable or ElfHeader.Dynamic))
            throw file.NotRunnable($"is no executable: its ELF type is {header.Type}");
        return header;
    }

    private unsafe ElfProgramHeader[] ReadProgramHeaders(in ElfHeader header)
    {
        var bytes = header.ProgramHeaderCount * sizeof(ElfProgramHeader);
        if (header.ProgramHeaderSize != sizeof(ElfProgramHeader))
            throw file.NotRunnable($"has program headers of {header.ProgramHeaderSize} bytes instead of {sizeof(ElfProgramHeader)}");
        if (bytes == 0 || bytes > MaxHeaderBytes)
            throw file.NotRunnable($"has {header.ProgramHeaderCount} program headers");
        if (header.ProgramHeaderOffset > (ulong)file.Size || (ulong)bytes > (ulong)file.Size - header.ProgramHeaderOffset)
            throw file.NotRunnable("is truncated: its program headers lie beyond its end");
        var headers = new ElfProgramHeader[header.ProgramHeaderCount];
        if (file.ReadAt((long)header.ProgramHeaderOffset, MemoryMarshal.AsBytes(headers.AsSpan())) != bytes)
            throw file.NotRunnable("is truncated: its program headers are incomplete");
        return headers;
    }

    private void CheckSegment(List<ElfProgramHeader> segments, int index)
    {
        var segment = segments[index];
        var name = $"segment at 0x{segment.Address:x}";
        if (segment.MemorySize == 0)
            throw file.NotRunnable($"{name} is empty");
        if (segment.FileSize > segment.MemorySize)
            throw file.NotRunnable($"{name} is larger in the file (0x{segment.FileSize:x}) than in memory (0x{segment.MemorySize:x})");
        if (segment.Address >= GuestMemory.Size || segment.MemorySize > GuestMemory.Size - segment.Address)
            throw file.NotRunnable($"{name} of 0x{segment.MemorySize:x} bytes lies outside the address space of programs");
        if (segment.Offset > (ulong)file.Size || segment.FileSize > (ulong)file.Size - segment.Offset)
            throw file.NotRunnable($"is truncated: {name} lies beyond its end");
        if (segment.FileSize > 0 && (segment.Address - segment.Offset) % GuestMemory.PageSize != 0)
            throw file.NotRunnable($"{name} has the file offset 0x{segment.Offset:x}, which differs within the page");
        if (segment.Alignment > MaxAlignment || (segment.Alignment > 1 && !BitOperations.IsPow2(segment.Alignment)))
            throw file.NotRunnable($"{name} has the alignment 0x{segment.Alignment:x}");
        if (index > 0 && segments[index - 1].Address + segments[index - 1].MemorySize > segment.Address)
            throw file.NotRunnable($"{name} overlaps the segment at 0x{segments[index - 1].Address:x}");
    }

    private static unsafe ulong FindHeaders(in ElfHeader header, ElfProgramHeader[] headers, List<ElfProgramHeader> segments)
    {
        foreach (var item in headers)
            if (item.Type == ElfProgramHeader.Headers)
                return item.Address;
        foreach (var segment in segments)
            if (header.ProgramHeaderOffset >= segment.Offset && header.ProgramHeaderOffset - segment.Offset < segment.FileSize)
                return header.ProgramHeaderOffset - segment.Offset + segment.Address;
        return 0;
    }

    private string? ReadInterpreter(ElfProgramHeader[] headers)
    {
        foreach (var item in headers)
        {
            if (item.Type != ElfProgramHeader.Interpreter)
                continue;
            if (item.FileSize is < 2 or > MaxPath)
                throw file.NotRunnable($"its interpreter's path has {item.FileSize} bytes");
            var path = new byte[item.FileSize];
            if (item.Offset > (ulong)file.Size || file.ReadAt((long)item.Offset, path) != path.Length)
                throw file.NotRunnable("is truncated: its interpreter's path lies beyond its end");
            var length = Array.IndexOf(path, (byte)0);
            if (length <= 0)
                throw file.NotRunnable("its interpreter's path is empty or does not end");
            return Utf8.GetString(path, 0, length);
        }

        return null;
    }
}
