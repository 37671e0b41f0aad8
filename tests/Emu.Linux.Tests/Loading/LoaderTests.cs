using Emu.Engine.Memory;
using Assert = Xunit.Assert;

namespace Emu.Linux.Tests.Loading;

public sealed class LoaderTests : IDisposable
{
    private const PagePermissions Text = PagePermissions.Read | PagePermissions.Execute | PagePermissions.Mapped;
    private const PagePermissions Data = PagePermissions.Read | PagePermissions.Write | PagePermissions.Mapped;
    private readonly GuestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Test]
    public void AStaticProgramLiesWhereItsFileSays()
    {
        var contents = ElfBuilder.Program().Build();
        using var file = new TemporaryFile(contents);
        var program = LoaderHarness.Load(_memory, file.Name);
        Assert.Equal((0x10100UL, 0x10100UL), (program.Entry, program.InitialPc));
        Assert.Equal((0x10000UL, 0x11000UL), (program.CodeStart, program.CodeEnd));
        Assert.Equal(0x15000UL, program.BreakStart);
        Assert.Equal((0x10040UL, 2), (program.HeadersAddress, program.HeaderCount));
        Assert.Equal(Text, _memory.PermissionsOf(0x10000));
        Assert.Equal(Data, _memory.PermissionsOf(0x11000));
        Assert.Equal(Data, _memory.PermissionsOf(0x14fff));
        Assert.Equal(PagePermissions.None, _memory.PermissionsOf(0x15000));
        Assert.True(_memory.TryGetSpan(0x10000, 0x2800, PagePermissions.Read, out var bytes));
        Assert.Equal(contents.AsSpan(0, 0x2800), bytes);
        Assert.True(_memory.TryGetSpan(0x12800, 0x2800, PagePermissions.Read, out var zeros));
        Assert.Equal(-1, zeros.IndexOfAnyExcept((byte)0));
    }

    [Test]
    public void APositionIndependentProgramLiesTwoThirdsUp()
    {
        using var file = new TemporaryFile(ElfBuilder.Program(type: 3, start: 0).Build());
        var program = LoaderHarness.Load(_memory, file.Name);
        Assert.Equal(0x2a_aaaa_a100UL, program.Entry);
        Assert.Equal(0x2a_aaaa_a040UL, program.HeadersAddress);
        Assert.Equal(0UL, program.InterpreterBase);
    }

    [Test]
    public void AnInterpreterIsStartedFirstAndTakenFromTheSysroot()
    {
        var root = Directory.CreateTempSubdirectory("emu-root");
        try
        {
            File.WriteAllBytes(Path.Combine(root.FullName, "loader"), ElfBuilder.Program(type: 3, start: 0).Build());
            using var file = new TemporaryFile(ElfBuilder.Program(interpreter: "/loader").Build());
            var program = LoaderHarness.Load(_memory, file.Name, root.FullName);
            Assert.Equal(0x10100UL, program.Entry);
            Assert.Equal(program.InterpreterBase + 0x100, program.InitialPc);
            Assert.Equal(Text, _memory.PermissionsOf(program.InitialPc));
            Assert.True(program.InterpreterBase > program.BreakStart);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Test]
    public void SegmentsMayShareAPage()
    {
        var builder = new ElfBuilder { Entry = 0x10100 }.Segment(5, 0, 0x10000, 0x1400, 0x1400).Segment(6, 0x1400, 0x11400, 0x200, 0x300);
        var contents = builder.Build();
        using var file = new TemporaryFile(contents);
        LoaderHarness.Load(_memory, file.Name);
        Assert.Equal(Data, _memory.PermissionsOf(0x11000));
        Assert.True(_memory.TryGetSpan(0x10000, 0x1600, PagePermissions.Read, out var bytes));
        Assert.Equal(contents.AsSpan(0, 0x1600), bytes);
        Assert.True(_memory.TryGetSpan(0x11600, 0xa00, PagePermissions.Read, out var rest));
        Assert.Equal(-1, rest.IndexOfAnyExcept((byte)0));
    }

    [Test]
    public void ASegmentOfZerosKeepsTheContentsOfThePageBefore()
    {
        var builder = new ElfBuilder { Entry = 0x10100 }.Segment(6, 0, 0x10000, 0x1400, 0x1400).Segment(6, 0, 0x11400, 0, 0x3000);
        var contents = builder.Build();
        using var file = new TemporaryFile(contents);
        Assert.Equal(0x15000UL, LoaderHarness.Load(_memory, file.Name).BreakStart);
        Assert.True(_memory.TryGetSpan(0x11000, 0x400, PagePermissions.Read, out var bytes));
        Assert.Equal(contents.AsSpan(0x1000, 0x400), bytes);
        Assert.True(_memory.TryGetSpan(0x11400, 0x3000, PagePermissions.Write, out var zeros));
        Assert.Equal(-1, zeros.IndexOfAnyExcept((byte)0));
    }

    [Test]
    public void AnOddEntryIsRoundedDownAsTheHardwareDoes()
    {
        using var file = new TemporaryFile(new ElfBuilder { Entry = 0x10101 }.Segment(5, 0, 0x10000, 0x1000, 0x1000).Build());
        Assert.Equal(0x10100UL, LoaderHarness.Load(_memory, file.Name).InitialPc);
    }
}
