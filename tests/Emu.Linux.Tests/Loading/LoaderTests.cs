using Emu.Engine.Memory;

namespace Emu.Linux.Tests.Loading;

public sealed class LoaderTests : IDisposable
{
    private const PagePermissions Text = PagePermissions.Read | PagePermissions.Execute | PagePermissions.Mapped;
    private const PagePermissions Data = PagePermissions.Read | PagePermissions.Write | PagePermissions.Mapped;
    private readonly GuestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Test]
    public async Task AStaticProgramLiesWhereItsFileSays()
    {
        var contents = ElfBuilder.Program().Build();
        using var file = new TemporaryFile(contents);
        var program = LoaderHarness.Load(_memory, file.Name);
        await Assert.That((program.Entry, program.InitialPc)).IsEqualTo((0x10100UL, 0x10100UL));
        await Assert.That((program.CodeStart, program.CodeEnd)).IsEqualTo((0x10000UL, 0x11000UL));
        await Assert.That(program.BreakStart).IsEqualTo(0x15000UL);
        await Assert.That((program.HeadersAddress, program.HeaderCount)).IsEqualTo((0x10040UL, 2));
        await Assert.That(_memory.PermissionsOf(0x10000)).IsEqualTo(Text);
        await Assert.That(_memory.PermissionsOf(0x11000)).IsEqualTo(Data);
        await Assert.That(_memory.PermissionsOf(0x14fff)).IsEqualTo(Data);
        await Assert.That(_memory.PermissionsOf(0x15000)).IsEqualTo(PagePermissions.None);
        await Assert.That(Same(0x10000, contents.AsSpan(0, 0x2800))).IsEqualTo(0x2800);
        await Assert.That(Same(0x12800, new byte[0x2800])).IsEqualTo(0x2800);
    }

    /// <summary>What plugins are told of the program, at the place where it lies.</summary>
    [Test]
    [Arguments((ushort)2, 0x10000UL, 0x10000UL)]
    [Arguments((ushort)3, 0UL, 0x2a_aaaa_a000UL)]
    public async Task R56_where_the_programs_code_lies_and_begins_is_known(ushort type, ulong start, ulong expected)
    {
        using var file = new TemporaryFile(ElfBuilder.Program(type, start).Build());
        var program = LoaderHarness.Load(_memory, file.Name);
        await Assert.That((program.CodeStart, program.CodeEnd, program.Entry)).IsEqualTo((expected, expected + 0x1000, expected + 0x100));
    }

    [Test]
    public async Task APositionIndependentProgramLiesTwoThirdsUp()
    {
        using var file = new TemporaryFile(ElfBuilder.Program(type: 3, start: 0).Build());
        var program = LoaderHarness.Load(_memory, file.Name);
        await Assert.That(program.Entry).IsEqualTo(0x2a_aaaa_a100UL);
        await Assert.That(program.HeadersAddress).IsEqualTo(0x2a_aaaa_a040UL);
        await Assert.That(program.InterpreterBase).IsEqualTo(0UL);
    }

    [Test]
    public async Task AnInterpreterIsStartedFirstAndTakenFromTheSysroot()
    {
        var root = Directory.CreateTempSubdirectory("emu-root");
        try
        {
            File.WriteAllBytes(Path.Combine(root.FullName, "loader"), ElfBuilder.Program(type: 3, start: 0).Build());
            using var file = new TemporaryFile(ElfBuilder.Program(interpreter: "/loader").Build());
            var program = LoaderHarness.Load(_memory, file.Name, root.FullName);
            await Assert.That(program.Entry).IsEqualTo(0x10100UL);
            await Assert.That(program.InitialPc).IsEqualTo(program.InterpreterBase + 0x100);
            await Assert.That(_memory.PermissionsOf(program.InitialPc)).IsEqualTo(Text);
            await Assert.That(program.InterpreterBase).IsGreaterThan(program.BreakStart);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Test]
    public async Task SegmentsMayShareAPage()
    {
        var builder = new ElfBuilder { Entry = 0x10100 }.Segment(5, 0, 0x10000, 0x1400, 0x1400).Segment(6, 0x1400, 0x11400, 0x200, 0x300);
        var contents = builder.Build();
        using var file = new TemporaryFile(contents);
        LoaderHarness.Load(_memory, file.Name);
        await Assert.That(_memory.PermissionsOf(0x11000)).IsEqualTo(Data);
        await Assert.That(Same(0x10000, contents.AsSpan(0, 0x1600))).IsEqualTo(0x1600);
        await Assert.That(Same(0x11600, new byte[0xa00])).IsEqualTo(0xa00);
    }

    [Test]
    public async Task ASegmentOfZerosKeepsTheContentsOfThePageBefore()
    {
        var builder = new ElfBuilder { Entry = 0x10100 }.Segment(6, 0, 0x10000, 0x1400, 0x1400).Segment(6, 0, 0x11400, 0, 0x3000);
        var contents = builder.Build();
        using var file = new TemporaryFile(contents);
        await Assert.That(LoaderHarness.Load(_memory, file.Name).BreakStart).IsEqualTo(0x15000UL);
        await Assert.That(Same(0x11000, contents.AsSpan(0x1000, 0x400))).IsEqualTo(0x400);
        await Assert.That(Same(0x11400, new byte[0x3000], PagePermissions.Write)).IsEqualTo(0x3000);
    }

    [Test]
    public async Task AnOddEntryIsRoundedDownAsTheHardwareDoes()
    {
        using var file = new TemporaryFile(new ElfBuilder { Entry = 0x10101 }.Segment(5, 0, 0x10000, 0x1000, 0x1000).Build());
        await Assert.That(LoaderHarness.Load(_memory, file.Name).InitialPc).IsEqualTo(0x10100UL);
    }

    /// <summary>How many of the bytes at an address, which must be accessible, are the expected ones before the first that is not.</summary>
    private int Same(ulong address, ReadOnlySpan<byte> expected, PagePermissions access = PagePermissions.Read)
    {
        if (!_memory.TryGetSpan(address, (ulong)expected.Length, access, out var bytes))
            Assert.Fail($"0x{address:x} to 0x{address + (ulong)expected.Length:x} are not all accessible: {access}");
        return bytes.CommonPrefixLength(expected);
    }
}
