using System.Text;
using Emu.Linux.Loading;
using Emu.Linux.Symbols;
using Emu.Linux.Symbols.Dwarf;
using Emu.Linux.Tests.Loading;
using Emu.Plugins;

namespace Emu.Linux.Tests.Symbols;

/// <summary>Broken debug information has no lines, or wrong ones, and does no harm.</summary>
public class BrokenSourceTests
{
    private const int Rounds = 400;
    private const ulong FirstCode = 0x10000;
    private const ulong LastCode = 0x11000;

    [Test]
    [Arguments("inspect", 11)]
    [Arguments("lines4", 12)]
    [Arguments("lines5", 13)]
    public void Changed_and_cut_files_do_no_harm(string program, int seed)
    {
        var random = new Random(seed);
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Guests", program));
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var change = random.Next(1, 30); change > 0; change--)
                bytes[random.Next(0x1000, bytes.Length)] = random.Next(4) switch { 0 => 0xff, 1 => 0x80, _ => (byte)random.Next(256) };
            try
            {
                AskAll(random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            }
            catch (Exception problem)
            {
                Assert.Fail($"round {round} of seed {seed}: {problem}");
            }
        }
    }

    [Test]
    public async Task A_table_that_announces_more_than_there_is_ends()
    {
        // A header of DWARF 5 whose list of files has entries of no bytes, 2^63 of them.
        byte[] table = [0x30, 0, 0, 0, 5, 0, 8, 0, 0x20, 0, 0, 0, 1, 1, 1, 0xfb, 14, 1, 1, 1, 0x19, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, .. new byte[40]];
        using var file = new TemporaryFile(SectionFile.Of((".debug_line", table)));
        await Assert.That(LineTable.Read(new DwarfSections(new ElfSections(Open(file.Name))), 0, "").Spans.Count).IsEqualTo(0);
    }

    private static void AskAll(byte[] contents)
    {
        using var file = new TemporaryFile(contents);
        using var opened = Open(file.Name);
        var source = DwarfFile.Read(new ElfSections(opened), null);
        for (var address = FirstCode; address < LastCode; address += 2)
            foreach (var frame in source.FramesAt(address))
                _ = frame.File.Length;
        foreach (var range in source.Ranges)
            _ = range.Line;
        foreach (var function in source.Functions)
            _ = function.Name.Length;
    }

    private static ProgramFile Open(string path) => ProgramFile.Open(Encoding.UTF8.GetBytes(path), path, mustBeExecutable: false);
}
