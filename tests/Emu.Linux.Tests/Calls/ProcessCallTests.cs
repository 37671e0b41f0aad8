using System.Text;
using Emu.Linux.Calls;
using Emu.Linux.Host;
using Emu.Linux.Signals;
using Assert = Xunit.Assert;

namespace Emu.Linux.Tests.Calls;

public sealed class ProcessCallTests : IDisposable
{
    private const ulong CurrentDirectory = unchecked((ulong)-100);
    private const ulong Path = CallHarness.Buffer + 0x4000;
    private readonly CallHarness _guest = new();

    public void Dispose() => _guest.Dispose();

    [Test]
    public void ExitGroupEndsTheProcessWithItsCode()
    {
        _guest.Call(94, 0x1ff);
        Assert.False(_guest.GoesOn);
        Assert.Equal((255, 0), (_guest.Process.Exit!.Value.Code, _guest.Process.Exit!.Value.Signal));
        Assert.Equal("exit_group(511) = ?", _guest.LastTrace);
    }

    [Test]
    public void TheLastThreadsExitEndsTheProcess()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, 77);
        Assert.Equal(Environment.ProcessId, _guest.Call(96, CallHarness.Buffer));
        _guest.Call(93, 3);
        Assert.False(_guest.GoesOn);
        Assert.Equal(3, _guest.Process.Exit!.Value.Code);
        // As with the kernel, the word is cleared for those who are left: here nobody is.
        Assert.Equal(77, _guest.Read<int>(CallHarness.Buffer));
    }

    [Test]
    public void UnknownCallsAreNamedOnce()
    {
        Assert.Equal(-(long)Errno.ENOSYS, _guest.Call(250, 1, 2, 3, 4, 5));
        Assert.Equal(-(long)Errno.ENOSYS, _guest.Call(250, 1, 2, 3, 4, 5));
        Assert.Equal(-(long)Errno.ENOSYS, _guest.Call(9999));
        Assert.Equal(-(long)Errno.ENOSYS, _guest.Call(-1));
        Assert.Equal(
            ["unimplemented system call 250 (no name)", "unimplemented system call 9999 (no name)", "unimplemented system call 18446744073709551615 (no name)"],
            _guest.Unimplemented.ToString().TrimEnd().Split('\n'));
    }

    [Test]
    public void UnameIsTheGuestsMachineOnTheHostsSystem()
    {
        Assert.Equal(0, _guest.Call(160, CallHarness.Buffer));
        Assert.True(_guest.Memory.TryReadString(CallHarness.Buffer, 65, out var system));
        Assert.Equal("Linux"u8, system);
        Assert.True(_guest.Memory.TryReadString(CallHarness.Buffer + 4 * 65, 65, out var machine));
        Assert.Equal("riscv64"u8, machine);
        Assert.True(_guest.Memory.TryReadString(CallHarness.Buffer + 2 * 65, 65, out var release));
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), Encoding.UTF8.GetString(release));
    }

    [Test]
    [Arguments("/proc/self/exe")]
    [Arguments("/proc/thread-self/exe")]
    [Arguments("/proc/PID/exe")]
    public void TheExecutableIsTheGuests(string name)
    {
        var path = _guest.Text(name.Replace("PID", Environment.ProcessId.ToString()), Path);
        var length = _guest.Call(78, CurrentDirectory, path, CallHarness.Buffer, 4096);
        Assert.Equal(_guest.ProgramPath, _guest.ReadText(CallHarness.Buffer, (int)length));
        Assert.Equal(5, _guest.Call(78, CurrentDirectory, path, CallHarness.Buffer, 5));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(78, CurrentDirectory, path, CallHarness.Buffer, 0));
        Assert.Equal(0, _guest.Call(79, CurrentDirectory, path, CallHarness.Buffer, 0));
        Assert.Equal(new FileInfo(_guest.ProgramPath).Length, _guest.Read<long>(CallHarness.Buffer + 48));
        var fd = _guest.Call(56, CurrentDirectory, path, 0, 0);
        Assert.Equal(4, _guest.Call(63, (ulong)fd, CallHarness.Buffer, 4));
        Assert.Equal("\u007fELF", _guest.ReadText(CallHarness.Buffer, 4));
        _guest.Call(57, (ulong)fd);
    }

    [Test]
    [Arguments("cmdline", "guest\0one\0")]
    [Arguments("environ", "A=b\0")]
    public void FilesOfProcTellOfTheGuest(string name, string contents)
    {
        var fd = _guest.Call(56, CurrentDirectory, _guest.Text("/proc/self/" + name, Path), 0, 0);
        var length = _guest.Call(63, (ulong)fd, CallHarness.Buffer, 4096);
        Assert.Equal(contents, _guest.ReadText(CallHarness.Buffer, (int)length));
        _guest.Call(57, (ulong)fd);
        Assert.Equal(-(long)Errno.EACCES, _guest.Call(56, CurrentDirectory, Path, 1, 0));
    }

    [Test]
    public void MapsListsTheGuestsMappings()
    {
        var fd = _guest.Call(56, CurrentDirectory, _guest.Text("/proc/self/maps", Path), 0, 0);
        var length = _guest.Call(63, (ulong)fd, CallHarness.Buffer, 0x3000);
        _guest.Call(57, (ulong)fd);
        var lines = _guest.ReadText(CallHarness.Buffer, (int)length).TrimEnd('\n').Split('\n');
        Assert.Matches($"^00010000-00011000 r-xp 00000000 [0-9a-f]+:[0-9a-f]+ [0-9]+ +{_guest.ProgramPath}$", lines[0]);
        Assert.Equal("10000000-10010000 rw-p 00000000 00:00 0 ", lines[3]);
        Assert.Equal("3ff7ffe000-3ff7fff000 r-xp 00000000 00:00 0                              [vdso]", lines[4]);
        Assert.Equal("3fff7ff000-3ffffff000 rw-p 00000000 00:00 0                              [stack]", lines[5]);
    }

    [Test]
    public void ActionsAndMasksAreKept()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, new SignalAction { Handler = 0x12345, Flags = SignalActionFlags.Once, Mask = ulong.MaxValue });
        Assert.Equal(0, _guest.Call(134, 10, CallHarness.Buffer, 0, 8));
        Assert.Equal(0, _guest.Call(134, 10, 0, CallHarness.Buffer + 0x100, 8));
        var action = _guest.Read<SignalAction>(CallHarness.Buffer + 0x100);
        Assert.Equal((0x12345UL, SignalActionFlags.Once, ~SignalFacts.AbsoluteBits), (action.Handler, action.Flags, action.Mask));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(134, 9, CallHarness.Buffer, 0, 8));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(134, 65, 0, 0, 8));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(134, 10, 0, 0, 16));
        _guest.Memory.TryWrite(CallHarness.Buffer, 0x300UL);
        Assert.Equal(0, _guest.Call(135, 0, CallHarness.Buffer, CallHarness.Buffer + 8, 8));
        Assert.Equal(0UL, _guest.Read<ulong>(CallHarness.Buffer + 8));
        Assert.Equal(0, _guest.Call(135, 0, 0, CallHarness.Buffer + 8, 8));
        Assert.Equal(0x200UL, _guest.Read<ulong>(CallHarness.Buffer + 8));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(135, 3, CallHarness.Buffer, 0, 8));
    }

    [Test]
    [Arguments(6)]
    [Arguments(9)]
    [Arguments(15)]
    [Arguments(35)]
    public void AFatalSignalToItselfKills(int signal)
    {
        Assert.Equal(0, _guest.Call(131, (ulong)Environment.ProcessId, (ulong)Environment.ProcessId, (ulong)signal));
        Assert.False(_guest.GoesOn);
        Assert.Equal(signal, _guest.Process.Exit!.Value.Signal);
    }

    [Test]
    public void BlockedSignalsWaitAndIgnoredOnesVanish()
    {
        var self = (ulong)Environment.ProcessId;
        _guest.Memory.TryWrite(CallHarness.Buffer, SignalFacts.Bit(Signal.SIGUSR1));
        _guest.Call(135, 0, CallHarness.Buffer, 0, 8);
        Assert.Equal(0, _guest.Call(129, self, 10));
        Assert.True(_guest.GoesOn);
        Assert.Equal(0, _guest.Call(136, CallHarness.Buffer + 8, 8));
        Assert.Equal(SignalFacts.Bit(Signal.SIGUSR1), _guest.Read<ulong>(CallHarness.Buffer + 8));
        Assert.Equal(0, _guest.Call(129, self, 17)); // SIGCHLD is ignored by default
        Assert.True(_guest.GoesOn);
        Assert.Equal(0, _guest.Call(129, self, 0));
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(129, self, 65));
        _guest.Call(135, 1, CallHarness.Buffer, 0, 8);
        Assert.False(_guest.GoesOn);
        Assert.Equal(10, _guest.Process.Exit!.Value.Signal);
    }

    [Test]
    public void LimitsThatWouldBindTheEmulatorAreTheGuestsOwn()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, new HostLimit { Soft = 1 << 20, Hard = 1 << 21 });
        Assert.Equal(0, _guest.Call(261, 0, 9, CallHarness.Buffer, 0));
        Assert.Equal(0, _guest.Call(261, 0, 9, 0, CallHarness.Buffer + 0x100));
        Assert.Equal(1UL << 20, _guest.Read<HostLimit>(CallHarness.Buffer + 0x100).Soft);
        Assert.Equal(0, _guest.Call(163, 7, CallHarness.Buffer + 0x100));
        Assert.Equal(HostLimits.OpenFiles(), _guest.Read<HostLimit>(CallHarness.Buffer + 0x100).Soft);
        Assert.Equal(-(long)Errno.EINVAL, _guest.Call(163, 99, CallHarness.Buffer + 0x100));
    }

    [Test]
    public void ReservedDescriptorsDoNotExistForTheGuest()
    {
        Assert.Equal(0, _guest.Call(59, CallHarness.Buffer, 0));
        var (input, output) = (_guest.Read<int>(CallHarness.Buffer), _guest.Read<int>(CallHarness.Buffer + 4));
        var moved = HostDescriptors.Reserve(output);
        Assert.True(HostDescriptors.IsReserved(moved));
        Assert.Equal(-(long)Errno.EBADF, _guest.Call(57, (ulong)moved));
        Assert.Equal(-(long)Errno.EBADF, _guest.Call(64, (ulong)moved, CallHarness.Buffer, 1));
        Assert.Equal(0, _guest.Call(436, (ulong)moved, (ulong)moved, 0));
        Assert.Contains($"/proc/self/fd/{moved}", Directory.EnumerateFileSystemEntries("/proc/self/fd"));
        _guest.Call(57, (ulong)input);
    }

    [Test]
    public void HwprobeAnswersByKey()
    {
        for (var key = 0UL; key < 4; key++)
            _guest.Memory.TryWrite(CallHarness.Buffer + key * 16, key == 3 ? 1000UL : key + 3);
        Assert.Equal(0, _guest.Call(258, CallHarness.Buffer, 4, 0, 0, 0));
        Assert.Equal(1UL, _guest.Read<ulong>(CallHarness.Buffer + 8));
        Assert.Equal(3UL, _guest.Read<ulong>(CallHarness.Buffer + 24) & 7); // F and D, C, no vectors
        Assert.Equal(-1L, _guest.Read<long>(CallHarness.Buffer + 48));
    }
}
