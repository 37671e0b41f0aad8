using System.Text;
using Emu.Engine.Memory;
using Emu.Linux.Loading;
using Emu.Linux.Symbols;
using Emu.Linux.Tests.Loading;
using Emu.Plugins;

namespace Emu.Linux.Tests.Symbols;

public sealed class ProcessSymbolsTests : IDisposable
{
    private const ulong Bias = 0x5000_0000;

    private readonly GuestMemory _memory = new();
    private readonly TemporaryFile _file = new(SymbolFile.Build());

    public void Dispose()
    {
        _memory.Dispose();
        _file.Dispose();
    }

    [Test]
    public async Task E7_a_mapped_file_names_its_addresses()
    {
        Map(_file, Bias);
        var symbols = new ProcessSymbols(_memory, null);
        await Assert.That(symbols.SymbolAt(Bias + 0x100f)?.PlaceOf(Bias + 0x100f)).IsEqualTo("first+0xf");
        await Assert.That(symbols.FindSymbol("data")?.Address).IsEqualTo(Bias + 0x4000);
        var module = new Module(_file.Name, Bias, Bias, Bias + 0x5000, SymbolFile.BuildId) { Segments = [new ModuleSegment(Bias, Bias + 0x5000, 0, MapRights.None)] };
        await Assert.That(symbols.Modules).IsEquivalentTo([module]);
        await Assert.That(symbols.SymbolAt(0x1000)).IsNull();
        await Assert.That(symbols.FindSymbol("absent")).IsNull();
    }

    [Test]
    public async Task E7_a_file_that_was_unmapped_keeps_its_names_until_another_lies_there()
    {
        using var other = new TemporaryFile(SymbolFile.BuildStripped());
        Map(_file, Bias);
        var symbols = new ProcessSymbols(_memory, null);
        await Assert.That(symbols.SymbolAt(Bias + 0x1000)?.Name).IsEqualTo("first");
        _memory.Unmap(Bias, 0x5000);
        await Assert.That(symbols.SymbolAt(Bias + 0x1000)?.Name).IsEqualTo("first");
        Map(other, Bias);
        await Assert.That(symbols.Modules.Count).IsEqualTo(2);
        await Assert.That(symbols.SymbolAt(Bias + 0x1000)).IsNull();
    }

    [Test]
    public async Task E7_one_file_at_two_places_is_two_modules()
    {
        Map(_file, Bias);
        Map(_file, 2 * Bias);
        var symbols = new ProcessSymbols(_memory, null);
        await Assert.That(symbols.SymbolAt(2 * Bias + 0x1000)?.Module.Base).IsEqualTo(2 * Bias);
        await Assert.That(symbols.SymbolAt(Bias + 0x1000)?.Module.Base).IsEqualTo(Bias);
    }

    [Test]
    public async Task E7_what_was_stripped_lies_below_the_root_by_its_build_id()
    {
        using var stripped = new TemporaryFile(SymbolFile.BuildStripped());
        var root = Directory.CreateTempSubdirectory("emu-symbols-");
        try
        {
            var folder = root.CreateSubdirectory($"usr/lib/debug/.build-id/{SymbolFile.BuildId[..2]}");
            File.Copy(_file.Name, Path.Combine(folder.FullName, SymbolFile.BuildId[2..] + ".debug"));
            Map(stripped, Bias);
            await Assert.That(new ProcessSymbols(_memory, null).SymbolAt(Bias + 0x1000)).IsNull();
            await Assert.That(new ProcessSymbols(_memory, root.FullName).SymbolAt(Bias + 0x1000)?.Name).IsEqualTo("first");
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private void Map(TemporaryFile file, ulong address)
    {
        using var opened = ProgramFile.Open(Encoding.UTF8.GetBytes(file.Name), file.Name, mustBeExecutable: false);
        var request = new MapRequest
        {
            Address = address,
            Length = 0x5000,
            Permissions = PagePermissions.Read | PagePermissions.Execute,
            Placement = MapPlacement.Fixed,
            Descriptor = opened.Descriptor,
            File = opened.Identity,
            FileSize = opened.Size,
        };
        if (_memory.Map(request, out _) != MapError.None)
            throw new InvalidOperationException("the file cannot be mapped");
    }
}
