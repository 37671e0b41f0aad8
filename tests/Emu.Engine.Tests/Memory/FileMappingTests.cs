using Emu.Engine.Execution;
using Emu.Engine.Memory;

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
    public async Task PagesBeyondTheEndOfTheFileAreWithoutRights()
    {
        await MapFile(0x20000, 0x4000, shared: true);
        await Assert.That(Text(0x21234, 4)).IsEqualTo("here");
        await Assert.That(_memory.TryRead(0x21ffc, out int _)).IsTrue();
        await Assert.That(_memory.TryRead(0x22000, out int _)).IsFalse();
        await Assert.That(_memory.ExplainFault(0x22000, PagePermissions.Read).Kind).IsEqualTo(GuestFaultKind.BeyondFile);
    }

    [Test]
    public async Task PagesComeIntoReachWhenTheFileGrows()
    {
        await MapFile(0x20000, 0x4000, shared: true);
        await Assert.That(_memory.TryReachFile(0x22000)).IsFalse();
        _file.SetLength(0x3001);
        await Assert.That(_memory.TryReachFile(0x23008)).IsTrue();
        await Assert.That(_memory.TryWrite(0x22000, 7)).IsTrue();
        await Assert.That(_memory.TryReachFile(0x23008)).IsFalse();
    }

    [Test]
    public async Task PagesGoOutOfReachWhenTheFileIsCut()
    {
        await MapFile(0x20000, 0x2000, shared: false);
        await MapFile(0x30000, 0x1000, shared: true, offset: 0x1000);
        _file.SetLength(1);
        _memory.OnFileCut(_identity with { Name = "by another name" }, 1);
        await Assert.That(_memory.TryRead(0x20000, out int _)).IsTrue();
        await Assert.That(_memory.TryRead(0x21000, out int _)).IsFalse();
        await Assert.That(_memory.ExplainFault(0x30000, PagePermissions.Read).Kind).IsEqualTo(GuestFaultKind.BeyondFile);
    }

    [Test]
    public async Task SharedStoresReachTheFileAndPrivateOnesDoNot()
    {
        await MapFile(0x20000, 0x2000, shared: true);
        await MapFile(0x30000, 0x2000, shared: false);
        _memory.TryWrite(0x21000, "S"u8);
        _memory.TryWrite(0x31001, "P"u8);
        _file.Position = 0x1000;
        await Assert.That(_file.ReadByte()).IsEqualTo('S');
        await Assert.That(_file.ReadByte()).IsEqualTo(0);
    }

    [Test]
    public async Task SharedMappingsGrowAndDoubleByRemap()
    {
        _file.SetLength(0x4000);
        await MapFile(0x20000, 0x2000, shared: true);
        await Assert.That(_memory.Remap(0x20000, 0x2000, 0x4000, mayMove: true, null, out var grown)).IsEqualTo(MapError.None);
        await Assert.That(_memory.TryWrite(grown + 0x3000, "end"u8)).IsTrue();
        await Assert.That(_memory.Remap(grown, 0, 0x4000, mayMove: true, null, out var second)).IsEqualTo(MapError.None);
        await Assert.That(Text(second + 0x3000, 3)).IsEqualTo("end");
        await Assert.That(second).IsNotEqualTo(grown);
        await Assert.That(_memory.PermissionsOf(0x20000)).IsEqualTo(PagePermissions.None);
    }

    [Test]
    public async Task PrivateFileMappingsMoveButDoNotGrow()
    {
        await MapFile(0x20000, 0x2000, shared: false);
        _memory.TryWrite(0x20000, "mine"u8);
        await Assert.That(_memory.Remap(0x20000, 0x2000, 0x3000, mayMove: true, null, out _)).IsEqualTo(MapError.NoMemory);
        await Assert.That(_memory.Remap(0x20000, 0x2000, 0x2000, mayMove: true, 0x50000, out _)).IsEqualTo(MapError.None);
        await Assert.That(Text(0x50000, 4)).IsEqualTo("mine");
        await Assert.That(Text(0x51234, 4)).IsEqualTo("here");
    }

    [Test]
    public async Task ARefusedMappingLeavesWhatWasThere()
    {
        _memory.MapAnonymous(0x20000, 0x2000, ReadWrite);
        _memory.TryWrite(0x20000, 5);
        var request = new MapRequest
        {
            Address = 0x20000, Length = 0x1000, Permissions = ReadWrite, Placement = MapPlacement.Fixed, Descriptor = -1, File = _identity,
        };
        await Assert.That((int)_memory.Map(request, out _)).IsEqualTo(9); // EBADF
        await Assert.That(_memory.TryRead(0x20000, out int value)).IsTrue();
        await Assert.That(value).IsEqualTo(5);
    }

    /// <summary>What can be read there, or null.</summary>
    private string? Text(ulong address, ulong length) =>
        _memory.TryGetSpan(address, length, PagePermissions.Read, out var span) ? System.Text.Encoding.ASCII.GetString(span) : null;

    private async Task MapFile(ulong address, ulong length, bool shared, long offset = 0)
    {
        var request = new MapRequest
        {
            Address = address, Length = length, Permissions = ReadWrite, Placement = MapPlacement.Fixed, IsShared = shared,
            Descriptor = (int)_file.SafeFileHandle.DangerousGetHandle(), File = _identity, Offset = offset, FileSize = _file.Length,
        };
        await Assert.That(_memory.Map(request, out _)).IsEqualTo(MapError.None);
    }
}
