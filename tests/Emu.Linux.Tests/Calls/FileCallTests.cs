using System.Globalization;
using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Calls;
using Emu.Linux.Host;
using Assert = Xunit.Assert;

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
    public void AFileIsWrittenReadAndMeasured()
    {
        var fd = Open("file", 0x42, 0x1a4); // O_RDWR | O_CREAT, 0644
        Assert.True(fd >= 3);
        _guest.Text("hello world");
        Assert.Equal(11, _guest.Call(64, fd, CallHarness.Buffer, 11));
        Assert.Equal(6, _guest.Call(62, fd, 6, 0));
        Assert.Equal(5, _guest.Call(63, fd, CallHarness.Buffer + 0x100, 100));
        Assert.Equal("world", _guest.ReadText(CallHarness.Buffer + 0x100, 5));
        Assert.Equal($"read({fd}, \"world\", 100) = 5", _guest.LastTrace);
        Assert.Equal(4, _guest.Call(67, fd, CallHarness.Buffer + 0x100, 4, 1));
        Assert.Equal("ello", _guest.ReadText(CallHarness.Buffer + 0x100, 4));
        Assert.Equal(0, _guest.Call(80, fd, CallHarness.Buffer + 0x200));
        var status = _guest.Read<GuestStat>(CallHarness.Buffer + 0x200);
        Assert.Equal((11L, 0x81a4U, 1U), (status.Size, status.Mode, status.LinkCount));
        Assert.Equal(0, _guest.Call(57, fd));
        Assert.Equal(-(long)Errno.EBADF, _guest.Call(57, fd));
        Assert.Equal($"close({fd}) = -1 EBADF (Bad file descriptor)", _guest.LastTrace);
    }

    [Test]
    public void StatOfEveryKindAgrees()
    {
        File.WriteAllText(At("file"), "12345");
        _guest.Text(At("file"), Path);
        Assert.Equal(0, _guest.Call(79, CurrentDirectory, Path, CallHarness.Buffer, 0));
        var status = _guest.Read<GuestStat>(CallHarness.Buffer);
        Assert.Equal(0, _guest.Call(291, CurrentDirectory, Path, 0, 0x7ff, CallHarness.Buffer + 0x200));
        Assert.Equal(status.Inode, _guest.Read<ulong>(CallHarness.Buffer + 0x200 + 32));
        Assert.Equal(5, status.Size);
        Assert.Equal(new DateTimeOffset(File.GetLastWriteTimeUtc(At("file"))).ToUnixTimeSeconds(), status.ModifySeconds);
    }

    [Test]
    public void TheProcessorsAreThoseOfTheGuest()
    {
        _guest.Text("/proc/cpuinfo", Path);
        var fd = (ulong)_guest.Call(56, CurrentDirectory, Path, 0, 0);
        var length = _guest.Call(63, fd, CallHarness.Buffer, 0x4000);
        Assert.StartsWith("processor\t: 0\nhart\t\t: 0\nisa\t\t: rv64imafdc", _guest.ReadText(CallHarness.Buffer, (int)length));
        Assert.Equal(0, _guest.Call(57, fd));
    }

    [Test]
    public void TheEmulatorsDescriptorsAreNotListed()
    {
        _guest.Text("/dev/null", Path);
        var own = HostDescriptors.Reserve((int)_guest.Call(56, CurrentDirectory, Path, 0x80000, 0));
        _guest.Text("/proc/self/fd", Path);
        var fd = (ulong)_guest.Call(56, CurrentDirectory, Path, 0x90000, 0);
        var listed = 0L;
        var names = "";
        while ((listed = _guest.Call(61, fd, CallHarness.Buffer, 64)) > 0)
            names += _guest.ReadText(CallHarness.Buffer, (int)listed);
        Assert.Contains($"{fd}\0", names);
        Assert.DoesNotContain($"{own}\0", names);
        Assert.Equal(0, _guest.Call(57, fd));
        Directory.CreateDirectory(At(own.ToString(CultureInfo.InvariantCulture)));
        _guest.Text(At("."), Path);
        fd = (ulong)_guest.Call(56, CurrentDirectory, Path, 0x90000, 0);
        Assert.Contains($"{own}\0", _guest.ReadText(CallHarness.Buffer, (int)_guest.Call(61, fd, CallHarness.Buffer, 0x1000)));
        Assert.Equal(0, _guest.Call(57, fd));
    }

    [Test]
    [Arguments(0UL)]
    [Arguments(CallHarness.BufferEnd)]
    [Arguments(GuestMemory.Size)]
    [Arguments(0xffff_ffff_ffff_ff00UL)]
    public void UnusableAddressesAreFaults(ulong address)
    {
        var fd = Open("file", 0x42, 0x1a4);
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(64, fd, address, 8));
        Assert.Equal(8, _guest.Call(64, fd, CallHarness.Buffer, 8));
        _guest.Call(62, fd, 0, 0);
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(63, fd, address, 8));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(80, fd, address));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(56, CurrentDirectory, address, 0, 0));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(113, 0, address));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(66, fd, address, 1));
        Assert.Equal(-(long)Errno.EBADF, _guest.Call(63, ulong.MaxValue, address, 8));
    }

    [Test]
    public void AReadThatMeetsTheEndOfItsBufferMidwayIsPartial()
    {
        var fd = Open("file", 0x42, 0x1a4);
        Assert.Equal(0x3000, _guest.Call(64, fd, CallHarness.Buffer, 0x3000));
        _guest.Call(62, fd, 0, 0);
        Assert.Equal(0x1000, _guest.Call(63, fd, CallHarness.BufferEnd - 0x1000, 0x3000));
    }

    [Test]
    public void PagesWithoutTheRightAreFaultsForTheHostToo()
    {
        _guest.Memory.Protect(CallHarness.Buffer, 0x1000, PagePermissions.Read);
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(278, CallHarness.Buffer, 16, 0));
        Assert.Equal(16, _guest.Call(278, CallHarness.Buffer + 0x1000, 16, 0));
        _guest.Memory.Protect(CallHarness.Buffer, 0x1000, PagePermissions.None);
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(64, 1, CallHarness.Buffer, 16));
    }

    [Test]
    public void VectorsAreTranslated()
    {
        var fd = Open("file", 0x42, 0x1a4);
        _guest.Text("abcdef");
        Span<ulong> vectors = [CallHarness.Buffer, 2, CallHarness.Buffer + 4, 2];
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x800, System.Runtime.InteropServices.MemoryMarshal.AsBytes(vectors));
        Assert.Equal(4, _guest.Call(66, fd, CallHarness.Buffer + 0x800, 2));
        Assert.Equal("abef", File.ReadAllText(At("file")));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(66, fd, CallHarness.Buffer + 0x800, 1025));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(66, fd, CallHarness.Buffer + 0x800, ulong.MaxValue));
        Assert.Equal(0, _guest.Call(66, fd, CallHarness.Buffer + 0x800, 0));
    }

    [Test]
    public void NamesAreCreatedLinkedRenamedAndRemoved()
    {
        var (first, second) = (_guest.Text(At("d"), Path), Path + 0x800);
        Assert.Equal(0, _guest.Call(34, CurrentDirectory, first, 0x1c0));
        Assert.Equal(-(long)Errno.EEXIST, _guest.Call(34, CurrentDirectory, first, 0x1c0));
        Assert.Equal(0, _guest.Call(36, _guest.Text("target", CallHarness.Buffer), CurrentDirectory, _guest.Text(At("link"), second)));
        Assert.Equal(6, _guest.Call(78, CurrentDirectory, second, CallHarness.Buffer + 0x100, 100));
        Assert.Equal("target", _guest.ReadText(CallHarness.Buffer + 0x100, 6));
        Assert.Equal(0, _guest.Call(276, CurrentDirectory, first, CurrentDirectory, _guest.Text(At("e"), second), 0));
        Assert.True(Directory.Exists(At("e")));
        Assert.Equal(0, _guest.Call(35, CurrentDirectory, second, 0x200));
        Assert.False(Directory.Exists(At("e")));
    }

    [Test]
    public void DirectoryEntriesAreRead()
    {
        File.WriteAllText(At("only"), "");
        var fd = Open("", 0x10000, 0);
        var length = _guest.Call(61, fd, CallHarness.Buffer, 0x1000);
        Assert.True(length > 0);
        var names = new List<string>();
        for (var offset = 0UL; offset < (ulong)length; offset += _guest.Read<ushort>(CallHarness.Buffer + offset + 16))
        {
            Assert.True(_guest.Memory.TryReadString(CallHarness.Buffer + offset + 19, 256, out var name));
            names.Add(System.Text.Encoding.UTF8.GetString(name));
        }

        Assert.Equal([".", "..", "only"], names.Order(StringComparer.Ordinal));
        Assert.Equal(0, _guest.Call(61, fd, CallHarness.Buffer, 0x1000));
    }

    [Test]
    public void PipesAndPollWork()
    {
        Assert.Equal(0, _guest.Call(59, CallHarness.Buffer, 0x80000));
        var (input, output) = (_guest.Read<int>(CallHarness.Buffer), _guest.Read<int>(CallHarness.Buffer + 4));
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x10, (ulong)(uint)input | 1UL << 32); // POLLIN
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x20, 0UL);
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x28, 0UL);
        Assert.Equal(0, _guest.Call(73, CallHarness.Buffer + 0x10, 1, CallHarness.Buffer + 0x20, 0, 8));
        Assert.Equal(3, _guest.Call(64, (ulong)output, CallHarness.Buffer, 3));
        Assert.Equal(1, _guest.Call(73, CallHarness.Buffer + 0x10, 1, CallHarness.Buffer + 0x20, 0, 8));
        Assert.Equal(0, _guest.Call(57, (ulong)input));
        Assert.True(_guest.GoesOn);
        Assert.Equal(-(long)Errno.EPIPE, _guest.Call(64, (ulong)output, CallHarness.Buffer, 3));
        Assert.False(_guest.GoesOn);
        Assert.Equal(13, _guest.Process.Exit!.Value.Signal);
    }

    [Test]
    public void EpollEventsAreConverted()
    {
        Assert.Equal(0, _guest.Call(59, CallHarness.Buffer, 0x80000));
        var (input, output) = ((ulong)_guest.Read<int>(CallHarness.Buffer), (ulong)_guest.Read<int>(CallHarness.Buffer + 4));
        var epoll = (ulong)_guest.Call(20, 0x80000);
        _guest.Memory.TryWrite(CallHarness.Buffer + 0x100, new GuestEpollEvent { Events = 1, Data = 0x1122334455667788 });
        Assert.Equal(0, _guest.Call(21, epoll, 1, input, CallHarness.Buffer + 0x100));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(21, epoll, 1, output, 0));
        _guest.Call(64, output, CallHarness.Buffer, 1);
        Assert.Equal(1, _guest.Call(22, epoll, CallHarness.Buffer + 0x200, 8, 1000, 0, 8));
        var found = _guest.Read<GuestEpollEvent>(CallHarness.Buffer + 0x200);
        Assert.Equal((1U, 0x1122334455667788UL), (found.Events, found.Data));
        Assert.Equal(-(long)Errno.EFAULT, _guest.Call(22, epoll, CallHarness.BufferEnd, 8, 1000, 0, 8));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(22, epoll, CallHarness.Buffer, 0, 1000, 0, 8));
        foreach (var fd in new[] { input, output, epoll })
            _guest.Call(57, fd);
    }

    private ulong Open(string name, ulong flags, ulong mode)
    {
        var fd = _guest.Call(56, CurrentDirectory, _guest.Text(At(name), Path), flags, mode);
        Assert.True(fd >= 0, $"{name}: {fd}");
        return (ulong)fd;
    }

    private string At(string name) => System.IO.Path.Combine(_directory.FullName, name);
}
