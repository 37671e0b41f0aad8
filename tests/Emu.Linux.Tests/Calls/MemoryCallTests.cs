using Emu.Engine.Memory;
using Emu.Linux.Calls;
using Assert = Xunit.Assert;

namespace Emu.Linux.Tests.Calls;

public sealed class MemoryCallTests : IDisposable
{
    private const ulong ReadWrite = 3;
    private const ulong PrivateAnonymous = 0x22;
    private const ulong None = ulong.MaxValue;
    private readonly CallHarness _guest = new();

    public void Dispose() => _guest.Dispose();

    [Test]
    public void TheHeapGrowsAndShrinks()
    {
        var start = (ulong)_guest.Call(214, 0);
        Assert.Equal(0x15000UL, start);
        Assert.Equal((long)start + 0x2345, _guest.Call(214, start + 0x2345));
        Assert.True(_guest.Memory.TryWrite(start + 0x2340, 1));
        Assert.Equal((long)start + 0x2345, _guest.Call(214, start - 1));
        Assert.Equal((long)start + 0x2345, _guest.Call(214, ulong.MaxValue));
        Assert.Equal((long)start + 0x2345, _guest.Call(214, CallHarness.Buffer + 1));
        Assert.Equal((long)start + 1, _guest.Call(214, start + 1));
        Assert.False(_guest.Memory.TryWrite(start + 0x1000, 1));
        Assert.Equal((long)start + 0x2000, _guest.Call(214, start + 0x2000));
        Assert.True(_guest.Memory.TryRead(start + 0x1340, out int value) && value == 0);
        Assert.Equal($"brk(0x{start + 0x2000:x}) = 0x{start + 0x2000:x}", _guest.LastTrace);
    }

    [Test]
    public void MmapChoosesBelowTheStackAndNamesItsArgumentsInTheTrace()
    {
        var address = _guest.Call(222, 0, 0x1234, ReadWrite, PrivateAnonymous, None, 0);
        Assert.True(address > 0x30_0000_0000);
        Assert.Equal($"mmap(NULL, 4660, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x{address:x}", _guest.LastTrace);
        Assert.True(_guest.Memory.TryWrite((ulong)address + 0x1ff8, 1L));
        Assert.Equal(0, _guest.Call(215, (ulong)address, 0x2000));
        Assert.False(_guest.Memory.TryWrite((ulong)address, 1L));
    }

    [Test]
    [Arguments(0UL, 0UL, PrivateAnonymous, 0UL, (int)Errno.EINVAL)]
    [Arguments(0UL, 0x1000UL, 0x20UL, 0UL, (int)Errno.EINVAL)]
    [Arguments(0UL, 0x1000UL, 0x24UL, 0UL, (int)Errno.EINVAL)]
    [Arguments(0UL, 0x1000UL, PrivateAnonymous, 5UL, (int)Errno.EINVAL)]
    [Arguments(0UL, 0x1000UL, 0x02UL, 0UL, (int)Errno.EBADF)]
    [Arguments(0UL, 1UL << 39, PrivateAnonymous, 0UL, (int)Errno.ENOMEM)]
    [Arguments(0UL, ulong.MaxValue, PrivateAnonymous, 0UL, (int)Errno.ENOMEM)]
    [Arguments(0x1000UL, 0x1000UL, 0x32UL, 0UL, (int)Errno.EPERM)]
    [Arguments(0x20001UL, 0x1000UL, 0x32UL, 0UL, (int)Errno.EINVAL)]
    [Arguments(1UL, 0x1000UL, 0x32UL, 0UL, (int)Errno.EINVAL)]
    [Arguments(0UL, 0x1000UL, 0x23UL, 0UL, (int)Errno.EINVAL)] // MAP_SHARED_VALIDATE is for files
    [Arguments(0UL, 0x1000UL, 0x80003UL, 0UL, (int)Errno.EOPNOTSUPP)]
    [Arguments(GuestMemory.Size, 0x1000UL, 0x32UL, 0UL, (int)Errno.ENOMEM)]
    [Arguments(CallHarness.Buffer, 0x1000UL, 0x100022UL, 0UL, (int)Errno.EEXIST)]
    public void BadMappingsAreRefused(ulong address, ulong length, ulong flags, ulong offset, int error) =>
        Assert.Equal(-error, _guest.Call(222, address, length, ReadWrite, flags, None, offset));

    [Test]
    public void MprotectAndMunmapAnswerAsTheKernelDoes()
    {
        Assert.Equal(0, _guest.Call(226, CallHarness.Buffer, 0x1000, 1));
        Assert.False(_guest.Memory.TryWrite(CallHarness.Buffer, 1));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(226, CallHarness.Buffer + 1, 0x1000, 1));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(226, CallHarness.Buffer, 0x1000, 0x100));
        Assert.Equal(-(long)Errno.ENOMEM, _guest.Call(226, CallHarness.BufferEnd - 0x1000, 0x2000, 1));
        Assert.Equal(-(long)Errno.ENOMEM, _guest.Call(226, GuestMemory.Size, 0x1000, 1));
        Assert.Equal(0, _guest.Call(226, CallHarness.Buffer, 0, 1));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(215, CallHarness.Buffer, 0));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(215, CallHarness.Buffer + 8, 0x1000));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(215, GuestMemory.Size, 0x1000));
        Assert.Equal(0, _guest.Call(215, 0x20_0000_0000, 0x1000));
    }

    [Test]
    public void AMappingBecomesShorterAlsoAcrossAHole()
    {
        Assert.Equal(0, _guest.Call(215, CallHarness.Buffer + 0x2000, 0x1000));
        Assert.Equal((long)CallHarness.Buffer, _guest.Call(216, CallHarness.Buffer, 0x4000, 0x4000, 0));
        Assert.Equal((long)CallHarness.Buffer, _guest.Call(216, CallHarness.Buffer, 0x4000, 0x1000, 0));
        Assert.True(_guest.Memory.TryWrite(CallHarness.Buffer + 0xff8, 1L));
        Assert.False(_guest.Memory.TryWrite(CallHarness.Buffer + 0x1000, 1));
        Assert.False(_guest.Memory.TryWrite(CallHarness.Buffer + 0x3000, 1));
        Assert.True(_guest.Memory.TryWrite(CallHarness.Buffer + 0x4000, 1));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(216, CallHarness.Buffer + 0x1000, 0x2000, 0x1000, 0));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(216, CallHarness.Buffer, 0x2000, 0x3000, 1));
    }

    [Test]
    public void WritableMemoryIsReadable()
    {
        var address = (ulong)_guest.Call(222, 0, 0x1000, 2, PrivateAnonymous, None, 0);
        Assert.True(_guest.Memory.TryRead(address, out int _));
    }

    [Test]
    public void AdviceForgetsContentsAndMindsGaps()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, 7);
        Assert.Equal(0, _guest.Call(233, CallHarness.Buffer, 0x1000, 4));
        Assert.Equal(0, _guest.Read<int>(CallHarness.Buffer));
        Assert.Equal(-(long)Errno.ENOMEM, _guest.Call(233, CallHarness.BufferEnd - 0x1000, 0x2000, 4));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(233, CallHarness.Buffer + 1, 0x1000, 4));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(233, CallHarness.Buffer, 0x1000, 9999));
    }

    [Test]
    public void FilesAreMappedAndTheirEndIsMinded()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[0x1800]);
            var fd = (ulong)_guest.Call(56, unchecked((ulong)-100), _guest.Text(path), 2, 0);
            var address = (ulong)_guest.Call(222, 0, 0x3000, ReadWrite, 1, fd, 0);
            Assert.True(_guest.Memory.TryWrite(address + 0x1234, 42));
            Assert.False(_guest.Memory.TryWrite(address + 0x2000, 42));
            Assert.Equal(42, File.ReadAllBytes(path)[0x1234]);
            Assert.Equal(0, _guest.Call(46, fd, 0x800));
            Assert.False(_guest.Memory.TryWrite(address + 0x1234, 42));
            Assert.Equal(0, _guest.Call(46, fd, 0x3000));
            Assert.True(_guest.Memory.TryWrite(address + 0x2000, 42));
            Assert.Equal(-(long)Errno.EINVAL, _guest.Call(222, 0, 0x1000, ReadWrite, 1, fd, 0x801));
            Assert.Equal(0, _guest.Call(57, fd));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
