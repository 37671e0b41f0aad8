using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Assert = Xunit.Assert;

namespace Emu.Engine.Tests.Memory;

public sealed class FileMappingTests : IDisposable
{
    private const PagePermissions ReadWrite = PagePermissions.Read | PagePermissions.Write;
    private readonly GuestMemory _memory = new();
    private readonly FileStream _file;
    private readonly MappedFile _identity = new(1, 2, "file");

    public FileMappingTests()
    {
        _file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1, FileOptions.DeleteOnClose);
        _file.Write(new byte[0x1800]);
        _file.Position = 0x1234;
        _file.Write("here"u8);
        _file.Flush();
    }

    public void Dispose()
    {
        _memory.Dispose();
        _file.Dispose();
    }

    [Test]
    public void PagesBeyondTheEndOfTheFileAreWithoutRights()
    {
        MapFile(0x20000, 0x4000, shared: true);
        Assert.True(_memory.TryGetSpan(0x21234, 4, PagePermissions.Read, out var span));
        Assert.Equal("here"u8, span);
        Assert.True(_memory.TryRead(0x21ffc, out int _));
        Assert.False(_memory.TryRead(0x22000, out int _));
        Assert.Equal(GuestFaultKind.BeyondFile, _memory.ExplainFault(0x22000, PagePermissions.Read).Kind);
    }

    [Test]
    public void PagesComeIntoReachWhenTheFileGrows()
    {
        MapFile(0x20000, 0x4000, shared: true);
        Assert.False(_memory.TryReachFile(0x22000));
        _file.SetLength(0x3001);
        Assert.True(_memory.TryReachFile(0x23008));
        Assert.True(_memory.TryWrite(0x22000, 7));
        Assert.False(_memory.TryReachFile(0x23008));
    }

    [Test]
    public void PagesGoOutOfReachWhenTheFileIsCut()
    {
        MapFile(0x20000, 0x2000, shared: false);
        MapFile(0x30000, 0x1000, shared: true, offset: 0x1000);
        _file.SetLength(1);
        _memory.OnFileCut(_identity with { Name = "by another name" }, 1);
        Assert.True(_memory.TryRead(0x20000, out int _));
        Assert.False(_memory.TryRead(0x21000, out int _));
        Assert.Equal(GuestFaultKind.BeyondFile, _memory.ExplainFault(0x30000, PagePermissions.Read).Kind);
    }

    [Test]
    public void SharedStoresReachTheFileAndPrivateOnesDoNot()
    {
        MapFile(0x20000, 0x2000, shared: true);
        MapFile(0x30000, 0x2000, shared: false);
        _memory.TryWrite(0x21000, "S"u8);
        _memory.TryWrite(0x31001, "P"u8);
        _file.Position = 0x1000;
        Assert.Equal('S', _file.ReadByte());
        Assert.Equal(0, _file.ReadByte());
    }

    [Test]
    public void SharedMappingsGrowAndDoubleByRemap()
    {
        _file.SetLength(0x4000);
        MapFile(0x20000, 0x2000, shared: true);
        Assert.Equal(MapError.None, _memory.Remap(0x20000, 0x2000, 0x4000, mayMove: true, null, out var grown));
        Assert.True(_memory.TryWrite(grown + 0x3000, "end"u8));
        Assert.Equal(MapError.None, _memory.Remap(grown, 0, 0x4000, mayMove: true, null, out var second));
        Assert.True(_memory.TryGetSpan(second + 0x3000, 3, PagePermissions.Read, out var span));
        Assert.Equal("end"u8, span);
        Assert.NotEqual(grown, second);
        Assert.Equal(PagePermissions.None, _memory.PermissionsOf(0x20000));
    }

    [Test]
    public void PrivateFileMappingsMoveButDoNotGrow()
    {
        MapFile(0x20000, 0x2000, shared: false);
        _memory.TryWrite(0x20000, "mine"u8);
        Assert.Equal(MapError.NoMemory, _memory.Remap(0x20000, 0x2000, 0x3000, mayMove: true, null, out _));
        Assert.Equal(MapError.None, _memory.Remap(0x20000, 0x2000, 0x2000, mayMove: true, 0x50000, out _));
        Assert.True(_memory.TryGetSpan(0x50000, 4, PagePermissions.Read, out var span));
        Assert.Equal("mine"u8, span);
        Assert.True(_memory.TryGetSpan(0x51234, 4, PagePermissions.Read, out span));
        Assert.Equal("here"u8, span);
    }

    [Test]
    public void ARefusedMappingLeavesWhatWasThere()
    {
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        _memory.TryWrite(0x20000, 5);
        var request = new MapRequest
        {
            Address = 0x20000, Length = 0x1000, Permissions = ReadWrite, Placement = MapPlacement.Fixed, Descriptor = -1, File = _identity,
        };
        Assert.Equal(9, (int)_memory.Map(request, out _)); // EBADF
        Assert.True(_memory.TryRead(0x20000, out int value));
        Assert.Equal(5, value);
    }

    private void MapFile(ulong address, ulong length, bool shared, long offset = 0)
    {
        var request = new MapRequest
        {
            Address = address, Length = length, Permissions = ReadWrite, Placement = MapPlacement.Fixed, IsShared = shared,
            Descriptor = (int)_file.SafeFileHandle.DangerousGetHandle(), File = _identity, Offset = offset, FileSize = _file.Length,
        };
        Assert.Equal(MapError.None, _memory.Map(request, out _));
    }
}
