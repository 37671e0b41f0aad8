using System.Globalization;
using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Calls;
using Emu.Linux.Host;

namespace Emu.Linux.Tests.Calls;

public sealed class FileCallTests : IDisposable
{
    private const ulong CurrentDirectory = unchecked((ulong)-100);
    private const ulong Path = CallHarness.Buffer + 0x4000;
    private readonly CallHarness _guest = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("emu-calls");

    public void Dispose()
    {
        _guest.Dispose();
        _directory.Delete(recursive: true);
    }

    [Test]
    public async Task AFileIsWrittenReadAndMeasured()
    {
        var fd = Open("file", 0x42, 0x1a4); // O_RDWR | O_CREAT, 0644
        await Assert.That(fd).IsGreaterThanOrEqualTo(3UL);
        _guest.Text("hello world");
        await Assert.That(_guest.Call(64, fd, CallHarness.Buffer, 11)).IsEqualTo(11);
        await Assert.That(_guest.Call(62, fd, 6, 0)).IsEqualTo(6);
        await Assert.That(_guest.Call(63, fd, CallHarness.Buffer + 0x100, 100)).IsEqualTo(5);
        await Assert.That(_guest.ReadText(CallHarness.Buffer + 0x100, 5)).IsEqualTo("world");
        await Assert.That(_guest.LastTrace).IsEqualTo($"read({fd}, \"world\", 100) = 5");
        await Assert.That(_guest.Call(67, fd, CallHarness.Buffer + 0x100, 4, 1)).IsEqualTo(4);
        await Assert.That(_guest.ReadText(CallHarness.Buffer + 0x100, 4)).IsEqualTo("ello");
        await Assert.That(_guest.Call(80, fd, CallHarness.Buffer + 0x200)).IsEqualTo(0);
        var status = _guest.Read<GuestStat>(CallHarness.Buffer + 0x200);
        await Assert.That((status.Size, status.Mode, status.LinkCount)).IsEqualTo((11L, 0x81a4U, 1U));
        await Assert.That(_guest.Call(57, fd)).IsEqualTo(0);
        await Assert.That(_guest.Call(57, fd)).IsEqualTo(-(long)Errno.EBADF);
        await Assert.That(_guest.LastTrace).IsEqualTo($"close({fd}) = -1 EBADF (Bad file descriptor)");
    }

    [Test]
    public async Task StatOfEveryKindAgrees()
    {
        File.WriteAllText(At("file"), "12345");
        _guest.Text(At("file"), Path);
        await Assert.That(_guest.Call(79, CurrentDirectory, Path, CallHarness.Buffer, 0)).IsEqualTo(0);
        var status = _guest.Read<GuestStat>(CallHarness.Buffer);
        await Assert.That(_guest.Call(291, CurrentDirectory, Path, 0, 0x7ff, CallHarness.Buffer + 0x200)).IsEqualTo(0);
        await Assert.That(_guest.Read<ulong>(CallHarness.Buffer + 0x200 + 32)).IsEqualTo(status.Inode);
        await Assert.That(status.Size).IsEqualTo(5);
        await Assert.That(status.ModifySeconds).IsEqualTo(new DateTimeOffset(File.GetLastWriteTimeUtc(At("file"))).ToUnixTimeSeconds());
    }

    [Test]
    public async Task TheProcessorsAreThoseOfTheGuest()
    {
        _guest.Text("/proc/cpuinfo", Path);
        var fd = (ulong)_guest.Call(56, CurrentDirectory, Path, 0, 0);
        var length = _guest.Call(63, fd, CallHarness.Buffer, 0x4000);
        await Assert.That(_guest.ReadText(CallHarness.Buffer, (int)length)).StartsWith("processor\t: 0\nhart\t\t: 0\nisa\t\t: rv64imafdc");
        await Assert.That(_guest.Call(57, fd)).IsEqualTo(0);
    }

    [Test]
    public async Task TheEmulatorsDescriptorsAreNotListed()
    {
        _guest.Text("/dev/null", Path);
        var own = HostDescriptors.Reserve((int)_guest.Call(56, CurrentDirectory, Path, 0x80000, 0));
        _guest.Text("/proc/self/fd", Path);
        var fd = (ulong)_guest.Call(56, CurrentDirectory, Path, 0x90000, 0);
        var listed = 0L;
        var names = "";
        while ((listed = _guest.Call(61, fd, CallHarness.Buffer, 64)) > 0)
            names += _guest.ReadText(CallHarness.Buffer, (int)listed);
        await Assert.That(names).Contains($"{fd}\0");
        await Assert.That(names).DoesNotContain($"{own}\0");
        await Assert.That(_guest.Call(57, fd)).IsEqualTo(0);
        Directory.CreateDirectory(At(own.ToString(CultureInfo.InvariantCulture)));
        _guest.Text(At("."), Path);
        fd = (ulong)_guest.Call(56, CurrentDirectory, Path, 0x90000, 0);
        await Assert.That(_guest.ReadText(CallHarness.Buffer, (int)_guest.Call(61, fd, CallHarness.Buffer, 0x1000))).Contains($"{own}\0");
        await Assert.That(_guest.Call(57, fd)).IsEqualTo(0);
    }

    [Test]
    [Arguments(0UL)]
    [Arguments(CallHarness.BufferEnd)]
    [Arguments(GuestMemory.Size)]
    [Arguments(0xffff_ffff_ffff_ff00UL)]
    public async Task UnusableAddressesAreFaults(ulong address)
    {
        var fd = Open("file", 0x42, 0x1a4);
        await Assert.That(_guest.Call(64, fd, address, 8)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(64, fd, CallHarness.Buffer, 8)).IsEqualTo(8);
        _guest.Call(62, fd, 0, 0);
        await Assert.That(_guest.Call(63, fd, address, 8)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(80, fd, address)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(56, CurrentDirectory, address, 0, 0)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(113, 0, address)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(66, fd, address, 1)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(63, ulong.MaxValue, address, 8)).IsEqualTo(-(long)Errno.EBADF);
    }

    [Test]
    public async Task AReadThatMeetsTheEndOfItsBufferMidwayIsPartial()
    {
        var fd = Open("file", 0x42, 0x1a4);
        await Assert.That(_guest.Call(64, fd, CallHarness.Buffer, 0x3000)).IsEqualTo(0x3000);
        _guest.Call(62, fd, 0, 0);
        await Assert.That(_guest.Call(63, fd, CallHarness.BufferEnd - 0x1000, 0x3000)).IsEqualTo(0x1000);
    }

    [Test]
    public async Task PagesWithoutTheRightAreFaultsForTheHostToo()
    {
        _guest.Memory.Protect(CallHarness.Buffer, 0x1000, PagePermissions.Read);
        await Assert.That(_guest.Call(278, CallHarness.Buffer, 16, 0)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(278, CallHarness.Buffer + 0x1000, 16, 0)).IsEqualTo(16);
        _guest.Memory.Protect(CallHarness.Buffer, 0x1000, PagePermissions.None);
        await Assert.That(_guest.Call(64, 1, CallHarness.Buffer, 16)).IsEqualTo(-(long)Errno.EFAULT);
    }

    [Test]
    public async Task VectorsAreTranslated()
    {
        var fd = Open("file", 0x42, 0x1a4);
        _guest.Text("abcdef");
        Span<ulong> vectors = [CallHarness.Buffer, 2, CallHarness.Buffer + 4, 2];
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x800, System.Runtime.InteropServices.MemoryMarshal.AsBytes(vectors));
        await Assert.That(_guest.Call(66, fd, CallHarness.Buffer + 0x800, 2)).IsEqualTo(4);
        await Assert.That(File.ReadAllText(At("file"))).IsEqualTo("abef");
        await Assert.That(_guest.Call(66, fd, CallHarness.Buffer + 0x800, 1025)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(66, fd, CallHarness.Buffer + 0x800, ulong.MaxValue)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(66, fd, CallHarness.Buffer + 0x800, 0)).IsEqualTo(0);
    }

    [Test]
    public async Task NamesAreCreatedLinkedRenamedAndRemoved()
    {
        var (first, second) = (_guest.Text(At("d"), Path), Path + 0x800);
        await Assert.That(_guest.Call(34, CurrentDirectory, first, 0x1c0)).IsEqualTo(0);
        await Assert.That(_guest.Call(34, CurrentDirectory, first, 0x1c0)).IsEqualTo(-(long)Errno.EEXIST);
        await Assert.That(_guest.Call(36, _guest.Text("target", CallHarness.Buffer), CurrentDirectory, _guest.Text(At("link"), second))).IsEqualTo(0);
        await Assert.That(_guest.Call(78, CurrentDirectory, second, CallHarness.Buffer + 0x100, 100)).IsEqualTo(6);
        await Assert.That(_guest.ReadText(CallHarness.Buffer + 0x100, 6)).IsEqualTo("target");
        await Assert.That(_guest.Call(276, CurrentDirectory, first, CurrentDirectory, _guest.Text(At("e"), second), 0)).IsEqualTo(0);
        await Assert.That(Directory.Exists(At("e"))).IsTrue();
        await Assert.That(_guest.Call(35, CurrentDirectory, second, 0x200)).IsEqualTo(0);
        await Assert.That(Directory.Exists(At("e"))).IsFalse();
    }

    [Test]
    public async Task DirectoryEntriesAreRead()
    {
        File.WriteAllText(At("only"), "");
        var fd = Open("", 0x10000, 0);
        var length = _guest.Call(61, fd, CallHarness.Buffer, 0x1000);
        await Assert.That(length).IsGreaterThan(0);
        var names = new List<string>();
        for (var offset = 0UL; offset < (ulong)length; offset += _guest.Read<ushort>(CallHarness.Buffer + offset + 16))
            names.Add(_guest.ReadName(CallHarness.Buffer + offset + 19, 256));
        await Assert.That(string.Join('/', names.Order(StringComparer.Ordinal))).IsEqualTo("./../only");
        await Assert.That(_guest.Call(61, fd, CallHarness.Buffer, 0x1000)).IsEqualTo(0);
    }

    [Test]
    public async Task PipesAndPollWork()
    {
        await Assert.That(_guest.Call(59, CallHarness.Buffer, 0x80000)).IsEqualTo(0);
        var (input, output) = (_guest.Read<int>(CallHarness.Buffer), _guest.Read<int>(CallHarness.Buffer + 4));
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x10, (ulong)(uint)input | 1UL << 32); // POLLIN
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x20, 0UL);
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x28, 0UL);
        await Assert.That(_guest.Call(73, CallHarness.Buffer + 0x10, 1, CallHarness.Buffer + 0x20, 0, 8)).IsEqualTo(0);
        await Assert.That(_guest.Call(64, (ulong)output, CallHarness.Buffer, 3)).IsEqualTo(3);
        await Assert.That(_guest.Call(73, CallHarness.Buffer + 0x10, 1, CallHarness.Buffer + 0x20, 0, 8)).IsEqualTo(1);
        await Assert.That(_guest.Call(57, (ulong)input)).IsEqualTo(0);
        await Assert.That(_guest.GoesOn).IsTrue();
        await Assert.That(_guest.Call(64, (ulong)output, CallHarness.Buffer, 3)).IsEqualTo(-(long)Errno.EPIPE);
        await Assert.That(_guest.GoesOn).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Signal).IsEqualTo(13);
    }

    [Test]
    public async Task EpollEventsAreConverted()
    {
        await Assert.That(_guest.Call(59, CallHarness.Buffer, 0x80000)).IsEqualTo(0);
        var (input, output) = ((ulong)_guest.Read<int>(CallHarness.Buffer), (ulong)_guest.Read<int>(CallHarness.Buffer + 4));
        var epoll = (ulong)_guest.Call(20, 0x80000);
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x100, new GuestEpollEvent { Events = 1, Data = 0x1122334455667788 });
        await Assert.That(_guest.Call(21, epoll, 1, input, CallHarness.Buffer + 0x100)).IsEqualTo(0);
        await Assert.That(_guest.Call(21, epoll, 1, output, 0)).IsEqualTo(-(long)Errno.EFAULT);
        _guest.Call(64, output, CallHarness.Buffer, 1);
        await Assert.That(_guest.Call(22, epoll, CallHarness.Buffer + 0x200, 8, 1000, 0, 8)).IsEqualTo(1);
        var found = _guest.Read<GuestEpollEvent>(CallHarness.Buffer + 0x200);
        await Assert.That((found.Events, found.Data)).IsEqualTo((1U, 0x1122334455667788UL));
        await Assert.That(_guest.Call(22, epoll, CallHarness.BufferEnd, 8, 1000, 0, 8)).IsEqualTo(-(long)Errno.EFAULT);
        await Assert.That(_guest.Call(22, epoll, CallHarness.Buffer, 0, 1000, 0, 8)).IsEqualTo(-(long)Errno.EINVAL);
        foreach (var fd in new[] { input, output, epoll })
            _guest.Call(57, fd);
    }

    private ulong Open(string name, ulong flags, ulong mode)
    {
        var fd = _guest.Call(56, CurrentDirectory, _guest.Text(At(name), Path), flags, mode);
        if (fd < 0)
            Assert.Fail($"{name}: {fd}");
        return (ulong)fd;
    }

    private string At(string name) => System.IO.Path.Combine(_directory.FullName, name);
}
