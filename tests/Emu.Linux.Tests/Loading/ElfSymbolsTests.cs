using System.Buffers.Binary;
using System.Text;
using Emu.Linux.Loading;

namespace Emu.Linux.Tests.Loading;

public class ElfSymbolsTests
{
    private const int SectionsOffset = 0x100;
    private const int SymbolsOffset = 0x400;
    private const int NamesOffset = 0x800;
    private const int SectionSize = 64;
    private const int SymbolSize = 24;
    private const byte Function = 0x12;
    private const byte Object = 0x11;

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
    [Arguments(0x4000, null)]
    public async Task Functions_are_found_by_their_addresses(ulong address, string? name)
    {
        using var file = new TemporaryFile(Build());
        await Assert.That(new ElfSymbols(Encoding.UTF8.GetBytes(file.Name), 0).NameOf(address)).IsEqualTo(name);
        await Assert.That(new ElfSymbols(Encoding.UTF8.GetBytes(file.Name), 0x5000_0000).NameOf(address + 0x5000_0000)).IsEqualTo(name);
    }

    [Test]
    public void A_file_without_or_with_broken_tables_has_no_names_and_does_no_harm()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var bytes = Build();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(4) switch { 0 => random.Next(64), 1 => SectionsOffset + random.Next(4 * SectionSize), 2 => SymbolsOffset + random.Next(6 * SymbolSize), _ => NamesOffset + random.Next(64) }] = (byte)random.Next(256);
            using var file = new TemporaryFile(random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            try
            {
                _ = new ElfSymbols(Encoding.UTF8.GetBytes(file.Name), 0).NameOf(0x1000);
            }
            catch (Exception problem)
            {
                Assert.Fail($"round {round} of seed 7: {problem}");
            }
        }
    }

    [Test]
    public async Task A_file_that_is_gone_has_no_names() => await Assert.That(new ElfSymbols("/nonexistent/file"u8.ToArray(), 0).NameOf(0x1000)).IsNull();

    private static byte[] Build()
    {
        var file = new byte[0x1000];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(40), SectionsOffset);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(58), SectionSize);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(60), 3);
        var names = "\0first\0sizeless\0last\0data\0external\0";
        Encoding.UTF8.GetBytes(names).CopyTo(file, NamesOffset);
        Section(file, 1, type: 2, SymbolsOffset, 6 * SymbolSize, link: 2);
        Section(file, 2, type: 3, NamesOffset, names.Length, link: 0);
        Symbol(file, 1, names.IndexOf("last"), Function, 1, 0x3000, 4);
        Symbol(file, 2, names.IndexOf("first"), Function, 1, 0x1000, 16);
        Symbol(file, 3, names.IndexOf("data"), Object, 1, 0x4000, 8);
        Symbol(file, 4, names.IndexOf("sizeless"), Function, 1, 0x2000, 0);
        Symbol(file, 5, names.IndexOf("external"), Function, 0, 0x4000, 8);
        return file;
    }

    private static void Section(byte[] file, int index, uint type, int offset, int size, uint link)
    {
        var target = file.AsSpan(SectionsOffset + index * SectionSize);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], type);
        BinaryPrimitives.WriteUInt64LittleEndian(target[24..], (ulong)offset);
        BinaryPrimitives.WriteUInt64LittleEndian(target[32..], (ulong)size);
        BinaryPrimitives.WriteUInt32LittleEndian(target[40..], link);
    }

    private static void Symbol(byte[] file, int index, int name, byte info, ushort section, ulong value, ulong size)
    {
        var target = file.AsSpan(SymbolsOffset + index * SymbolSize);
        BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)name);
        target[4] = info;
        BinaryPrimitives.WriteUInt16LittleEndian(target[6..], section);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], value);
        BinaryPrimitives.WriteUInt64LittleEndian(target[16..], size);
    }
}
