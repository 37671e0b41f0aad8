using Emu.Engine.Memory;
using Emu.Linux.Calls;

namespace Emu.Linux.Tests.Calls;

public sealed class MemoryCallTests : IDisposable
{
    private const ulong ReadWrite = 3;
    private const ulong PrivateAnonymous = 0x22;
    private const ulong None = ulong.MaxValue;
    private readonly CallHarness _guest = new();

    public void Dispose() => _guest.Dispose();

    [Test]
    public async Task TheHeapGrowsAndShrinks()
    {
        var start = (ulong)_guest.Call(214, 0);
        await Assert.That(start).IsEqualTo(0x15000UL);
        await Assert.That(_guest.Call(214, start + 0x2345)).IsEqualTo((long)start + 0x2345);
        await Assert.That(_guest.Memory.TryWrite(start + 0x2340, 1)).IsTrue();
        await Assert.That(_guest.Call(214, start - 1)).IsEqualTo((long)start + 0x2345);
        await Assert.That(_guest.Call(214, ulong.MaxValue)).IsEqualTo((long)start + 0x2345);
        await Assert.That(_guest.Call(214, CallHarness.Buffer + 1)).IsEqualTo((long)start + 0x2345);
        await Assert.That(_guest.Call(214, start + 1)).IsEqualTo((long)start + 1);
        await Assert.That(_guest.Memory.TryWrite(start + 0x1000, 1)).IsFalse();
        await Assert.That(_guest.Call(214, start + 0x2000)).IsEqualTo((long)start + 0x2000);
        await Assert.That(_guest.Memory.TryRead(start + 0x1340, out int value) && value == 0).IsTrue();
        await Assert.That(_guest.LastTrace).IsEqualTo($"brk(0x{start + 0x2000:x}) = 0x{start + 0x2000:x}");
    }

    [Test]
    public async Task MmapChoosesBelowTheStackAndNamesItsArgumentsInTheTrace()
    {
        var address = _guest.Call(222, 0, 0x1234, ReadWrite, PrivateAnonymous, None, 0);
        await Assert.That(address > 0x30_0000_0000).IsTrue();
        await Assert.That(_guest.LastTrace).IsEqualTo($"mmap(NULL, 4660, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x{address:x}");
        await Assert.That(_guest.Memory.TryWrite((ulong)address + 0x1ff8, 1L)).IsTrue();
        await Assert.That(_guest.Call(215, (ulong)address, 0x2000)).IsEqualTo(0);
        await Assert.That(_guest.Memory.TryWrite((ulong)address, 1L)).IsFalse();
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
    public async Task BadMappingsAreRefused(ulong address, ulong length, ulong flags, ulong offset, int error) =>
        await Assert.That(_guest.Call(222, address, length, ReadWrite, flags, None, offset)).IsEqualTo(-error);

    [Test]
    public async Task MprotectAndMunmapAnswerAsTheKernelDoes()
    {
        await Assert.That(_guest.Call(226, CallHarness.Buffer, 0x1000, 1)).IsEqualTo(0);
        await Assert.That(_guest.Memory.TryWrite(CallHarness.Buffer, 1)).IsFalse();
        await Assert.That(_guest.Call(226, CallHarness.Buffer + 1, 0x1000, 1)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(226, CallHarness.Buffer, 0x1000, 0x100)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(226, CallHarness.BufferEnd - 0x1000, 0x2000, 1)).IsEqualTo(-(long)Errno.ENOMEM);
        await Assert.That(_guest.Call(226, GuestMemory.Size, 0x1000, 1)).IsEqualTo(-(long)Errno.ENOMEM);
        await Assert.That(_guest.Call(226, CallHarness.Buffer, 0, 1)).IsEqualTo(0);
        await Assert.That(_guest.Call(215, CallHarness.Buffer, 0)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(215, CallHarness.Buffer + 8, 0x1000)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(215, GuestMemory.Size, 0x1000)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(215, 0x20_0000_0000, 0x1000)).IsEqualTo(0);
    }

    [Test]
    public async Task AMappingBecomesShorterAlsoAcrossAHole()
    {
        await Assert.That(_guest.Call(215, CallHarness.Buffer + 0x2000, 0x1000)).IsEqualTo(0);
        await Assert.That(_guest.Call(216, CallHarness.Buffer, 0x4000, 0x4000, 0)).IsEqualTo((long)CallHarness.Buffer);
        await Assert.That(_guest.Call(216, CallHarness.Buffer, 0x4000, 0x1000, 0)).IsEqualTo((long)CallHarness.Buffer);
        await Assert.That(_guest.Memory.TryWrite(CallHarness.Buffer + 0xff8, 1L)).IsTrue();
        await Assert.That(_guest.Memory.TryWrite(CallHarness.Buffer + 0x1000, 1)).IsFalse();
        await Assert.That(_guest.Memory.TryWrite(CallHarness.Buffer + 0x3000, 1)).IsFalse();
        await Assert.That(_guest.Memory.TryWrite(CallHarness.Buffer + 0x4000, 1)).IsTrue();
        await Assert.That(_guest.Call(216, CallHarness.Buffer + 0x1000, 0x2000, 0x1000, 0)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(216, CallHarness.Buffer, 0x2000, 0x3000, 1)).IsEqualTo(-(long)Errno.EFAULT);
    }

    [Test]
    public async Task WritableMemoryIsReadable()
    {
        var address = (ulong)_guest.Call(222, 0, 0x1000, 2, PrivateAnonymous, None, 0);
        await Assert.That(_guest.Memory.TryRead(address, out int _)).IsTrue();
    }

    [Test]
    public async Task AdviceForgetsContentsAndMindsGaps()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, 7);
        await Assert.That(_guest.Call(233, CallHarness.Buffer, 0x1000, 4)).IsEqualTo(0);
        await Assert.That(_guest.Read<int>(CallHarness.Buffer)).IsEqualTo(0);
        await Assert.That(_guest.Call(233, CallHarness.BufferEnd - 0x1000, 0x2000, 4)).IsEqualTo(-(long)Errno.ENOMEM);
        await Assert.That(_guest.Call(233, CallHarness.Buffer + 1, 0x1000, 4)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(233, CallHarness.Buffer, 0x1000, 9999)).IsEqualTo(-(long)Errno.EINVAL);
    }

    [Test]
    public async Task FilesAreMappedAndTheirEndIsMinded()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[0x1800]);
            var fd = (ulong)_guest.Call(56, unchecked((ulong)-100), _guest.Text(path), 2, 0);
            var address = (ulong)_guest.Call(222, 0, 0x3000, ReadWrite, 1, fd, 0);
            await Assert.That(_guest.Memory.TryWrite(address + 0x1234, 42)).IsTrue();
            await Assert.That(_guest.Memory.TryWrite(address + 0x2000, 42)).IsFalse();
            await Assert.That((int)File.ReadAllBytes(path)[0x1234]).IsEqualTo(42);
            await Assert.That(_guest.Call(46, fd, 0x800)).IsEqualTo(0);
            await Assert.That(_guest.Memory.TryWrite(address + 0x1234, 42)).IsFalse();
            await Assert.That(_guest.Call(46, fd, 0x3000)).IsEqualTo(0);
            await Assert.That(_guest.Memory.TryWrite(address + 0x2000, 42)).IsTrue();
            await Assert.That(_guest.Call(222, 0, 0x1000, ReadWrite, 1, fd, 0x801)).IsEqualTo(-(long)Errno.EINVAL);
            await Assert.That(_guest.Call(57, fd)).IsEqualTo(0);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
