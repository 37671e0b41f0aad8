using System.Runtime.InteropServices;
using System.Text;
using Emu.Linux.Loading;
using Emu.Linux.Symbols;
using Emu.Linux.Symbols.Dwarf;
using Emu.Plugins;

namespace Emu.Linux.Tests.Symbols;

/// <summary>Source lines with their inlined frames, at all addresses of programs, against addr2line. <c>EMU_SOURCE_PROGRAMS</c> names more programs, separated by colons.</summary>
public class SourceOracleTests
{
    [Test]
    [MethodDataSource(nameof(Programs))]
    public async Task E7_lines_and_inlined_frames_are_those_of_addr2line(string program)
    {
        Skip.When(Oracle.Addr2Line.Path is null, Oracle.Addr2Line.SkipReason);
        var path = Path.IsPathRooted(program) ? program : Path.Combine(AppContext.BaseDirectory, "Guests", program);
        var addresses = CodeOf(path);
        var told = Addr2Line.FramesAt(path, addresses);
        await Assert.That(told.Length).IsEqualTo(addresses.Count);
        using var opened = ProgramFile.Open(Encoding.UTF8.GetBytes(path), path, mustBeExecutable: false);
        var sections = new ElfSections(opened);
        var (source, symbols) = (DwarfFile.Read(sections, null), ElfSymbolTable.Read(sections, null));
        var decoded = new DecodedLines(path);
        var differences = new List<string>();
        for (var index = 0; index < addresses.Count; index++)
        {
            var frames = source.FramesAt(addresses[index]);
            symbols.TryFind(addresses[index], out var symbol);
            var (expected, found) = (TextOf(Meant(told[index], frames, symbol)), TextOf(frames));
            if (expected != found && !IsOtherFileOfOne(told[index], frames, decoded.At(addresses[index])))
                differences.Add($"0x{addresses[index]:x}: addr2line {expected}; found {found}");
        }

        await Assert.That(told.Count(static frames => frames.Count > 0)).IsGreaterThan(0);
        await Assert.That(differences.Count).IsEqualTo(0).Because($"of {addresses.Count} addresses:\n{string.Join('\n', differences.Take(20))}");
        Oracle.Compared("lines");
    }

    public static IEnumerable<string> Programs() => ["inspect", "lines4", "lines5", .. (Environment.GetEnvironmentVariable("EMU_SOURCE_PROGRAMS") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>What addr2line tells from debug information: elsewhere it makes up for it with names of the symbol table.</summary>
    private static List<SourceFrame> Meant(List<SourceFrame> told, IReadOnlyList<SourceFrame> found, in ElfSymbolEntry symbol)
    {
        // Without a line it names the object file that the symbol table has.
        if (found.Count == 0 && told is [{ Line: 0 } only] && !only.File.Contains('/'))
            return [];
        // Variables are no code.
        if (found.Count == 0 && told is [{ Function: "??" }] && symbol.Kind == SymbolKind.Object)
            return [];
        // The innermost function of C++ that has no name for the linker gets that of the symbol around.
        if (found.Count > 0 && told.Count > 0 && told[0].Function == symbol.Name)
            told[0] = told[0] with { Function = found[0].Function };
        return told;
    }

    /// <summary>
    /// Whether all but the innermost file is the same, and objdump has seen it as it was found: addr2line 2.40 takes file 0 of a table of DWARF 5 for its file 1, with which each sequence begins
    /// (DWARF 5, 6.2.2).
    /// </summary>
    private static bool IsOtherFileOfOne(List<SourceFrame> told, IReadOnlyList<SourceFrame> found, IEnumerable<(string File, int Line)> decoded) =>
        told.Count == found.Count && found.Count > 0 && TextOf([told[0] with { File = found[0].File }, .. told.Skip(1)]) == TextOf(found)
        && decoded.Contains((Path.GetFileName(found[0].File), found[0].Line)) && !decoded.Contains((Path.GetFileName(told[0].File), told[0].Line));

    /// <summary>Every address at which an instruction could begin, in the segments that are executed.</summary>
    private static List<ulong> CodeOf(string path)
    {
        var addresses = new List<ulong>();
        var bytes = File.ReadAllBytes(path);
        var header = MemoryMarshal.Read<ElfHeader>(bytes);
        foreach (var segment in MemoryMarshal.Cast<byte, ElfProgramHeader>(bytes.AsSpan((int)header.ProgramHeaderOffset, header.ProgramHeaderCount * 56)))
            for (var offset = 0UL; segment.Type == ElfProgramHeader.Load && (segment.Flags & ElfProgramHeader.Execute) != 0 && offset < segment.FileSize; offset += 2)
                addresses.Add(segment.Address + offset);
        return addresses;
    }

    private static string TextOf(IReadOnlyList<SourceFrame> frames) => string.Join(" < ", frames.Select(static frame => $"{frame.Function} {frame.File}:{frame.Line}"));
}
