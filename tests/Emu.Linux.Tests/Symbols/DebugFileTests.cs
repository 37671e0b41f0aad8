using System.Text;
using Emu.Linux.Loading;
using Emu.Linux.Symbols;
using Emu.Linux.Symbols.Dwarf;

namespace Emu.Linux.Tests.Symbols;

/// <summary>Debug information that stands in another file, or is packed, as binutils' objcopy leaves it.</summary>
public sealed class DebugFileTests : IDisposable
{
    private const ulong Code = 0x10182; // the first instruction of lines5
    private const string Line = "out_flush ./src/lines/../tiny.h:103";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emu-debug-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    [Arguments("")]
    [Arguments(".debug/")]
    public async Task E7_the_file_that_a_debug_link_names_is_found(string place)
    {
        var program = Strip();
        _folder.CreateSubdirectory(".debug");
        await Assert.That(TextAt(program, null)).IsEqualTo("");
        File.Move(Path.Combine(_folder.FullName, "lines5.debug"), Path.Combine(_folder.FullName, place, "lines5.dbg"));
        await Assert.That(TextAt(program, null)).IsEqualTo(Line);
    }

    [Test]
    public async Task E7_the_file_that_a_debug_link_names_is_found_below_the_root()
    {
        var program = Strip();
        var root = _folder.CreateSubdirectory("root");
        var folder = root.CreateSubdirectory("usr/lib/debug" + _folder.FullName);
        File.Move(Path.Combine(_folder.FullName, "lines5.debug"), Path.Combine(folder.FullName, "lines5.dbg"));
        await Assert.That(TextAt(program, root.FullName)).IsEqualTo(Line);
    }

    [Test]
    public async Task E7_another_file_of_that_name_is_not_taken()
    {
        var program = Strip();
        File.AppendAllText(Path.Combine(_folder.FullName, "lines5.debug"), "changed");
        File.Move(Path.Combine(_folder.FullName, "lines5.debug"), Path.Combine(_folder.FullName, "lines5.dbg"));
        await Assert.That(TextAt(program, null)).IsEqualTo("");
    }

    [Test]
    public async Task E7_packed_sections_are_unpacked()
    {
        Skip.When(Oracle.Objcopy.Path is null, Oracle.Objcopy.SkipReason);
        var packed = Path.Combine(_folder.FullName, "packed");
        Objcopy("--compress-debug-sections=zlib-gabi", Guest, packed);
        await Assert.That(TextAt(packed, null)).IsEqualTo(Line);
    }

    private static string Guest => Path.Combine(AppContext.BaseDirectory, "Guests", "lines5");

    /// <summary>The program without its debug information, which lies beside it as <c>lines5.debug</c>, though the link says <c>lines5.dbg</c>.</summary>
    private string Strip()
    {
        Skip.When(Oracle.Objcopy.Path is null, Oracle.Objcopy.SkipReason);
        var (program, debug) = (Path.Combine(_folder.FullName, "lines5"), Path.Combine(_folder.FullName, "lines5.debug"));
        var linked = Path.Combine(_folder.FullName, "lines5.dbg");
        Objcopy("--only-keep-debug", Guest, linked);
        Objcopy("--strip-all", $"--add-gnu-debuglink={linked}", Guest, program);
        File.Move(linked, debug);
        return program;
    }

    private static void Objcopy(params string[] arguments)
    {
        var outcome = Launch.Of(Oracle.Objcopy.Path!, arguments).Run();
        if (outcome.Status != 0)
            throw new InvalidOperationException(outcome.ErrorText);
    }

    private static string TextAt(string program, string? sysroot)
    {
        using var file = Open(program);
        var sections = new ElfSections(file);
        using var stripped = DebugFile.TryOpen(program, sections, sysroot);
        var frames = DwarfFile.Read(sections, stripped is null ? null : new ElfSections(stripped)).FramesAt(Code);
        return string.Join(" < ", frames.Select(static frame => $"{frame.Function} {frame.File}:{frame.Line}"));
    }

    private static ProgramFile Open(string path) => ProgramFile.Open(Encoding.UTF8.GetBytes(path), path, mustBeExecutable: false);
}
