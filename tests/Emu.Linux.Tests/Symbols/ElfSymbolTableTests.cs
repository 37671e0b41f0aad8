using System.Text;
using Emu.Linux.Loading;
using Emu.Linux.Symbols;
using Emu.Linux.Tests.Loading;
using Emu.Plugins;

namespace Emu.Linux.Tests.Symbols;

public class ElfSymbolTableTests
{
    [Test]
    [Arguments(0x0fff, null)]
    [Arguments(0x1000, "first")]
    [Arguments(0x100f, "first")]
    [Arguments(0x1010, null)]
    [Arguments(0x2000, "sizeless")]
    [Arguments(0x2fff, "sizeless")]
    [Arguments(0x3000, "last")]
    [Arguments(0x3003, "last")]
    [Arguments(0x3004, null)]
    [Arguments(0x4000, "data")]
    [Arguments(0x4007, "data")]
    [Arguments(0x4008, null)]
    public async Task Symbols_are_found_by_their_addresses(ulong address, string? name)
    {
        var table = Read(SymbolFile.Build());
        await Assert.That(table.TryFind(address, out var found)).IsEqualTo(name is not null);
        await Assert.That(found.Name).IsEqualTo(name);
    }

    [Test]
    [Arguments("first", 0x1000, 16, SymbolKind.Function)]
    [Arguments("sizeless", 0x2000, 0x1000, SymbolKind.Function)]
    [Arguments("data", 0x4000, 8, SymbolKind.Object)]
    public async Task Symbols_are_found_by_their_names(string name, ulong address, ulong size, SymbolKind kind)
    {
        await Assert.That(Read(SymbolFile.Build()).TryFind(name, out var found)).IsTrue();
        await Assert.That(found).IsEqualTo(new ElfSymbolEntry(name, address, size, kind));
    }

    [Test]
    [Arguments("external")] // of another file
    [Arguments("local")] // hidden by the global one at its place, but not by name
    [Arguments("absent")]
    [Arguments("")]
    public async Task What_is_not_there_has_no_name(string name) => await Assert.That(Read(SymbolFile.Build()).TryFind(name, out _)).IsEqualTo(name == "local");

    [Test]
    public async Task What_was_stripped_is_read_from_the_other_file()
    {
        using var file = new TemporaryFile(SymbolFile.BuildStripped());
        using var whole = new TemporaryFile(SymbolFile.Build());
        using var opened = Open(file);
        using var other = Open(whole);
        await Assert.That(ElfSymbolTable.Read(new ElfSections(opened), null).TryFind("first", out _)).IsFalse();
        await Assert.That(ElfSymbolTable.Read(new ElfSections(opened), new ElfSections(other)).TryFind("first", out _)).IsTrue();
    }

    [Test]
    public void A_file_without_or_with_broken_tables_has_no_names_and_does_no_harm()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var bytes = SymbolFile.Build();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[SymbolFile.AnyPlace(random)] = (byte)random.Next(256);
            try
            {
                _ = Read(random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes).TryFind(0x1000, out _);
            }
            catch (Exception problem)
            {
                Assert.Fail($"round {round} of seed 7: {problem}");
            }
        }
    }

    private static ElfSymbolTable Read(byte[] contents)
    {
        using var file = new TemporaryFile(contents);
        using var opened = Open(file);
        return ElfSymbolTable.Read(new ElfSections(opened), null);
    }

    private static ProgramFile Open(TemporaryFile file) => ProgramFile.Open(Encoding.UTF8.GetBytes(file.Name), file.Name, mustBeExecutable: false);
}
