using Emu.Linux.Calls;
using Emu.Linux.Host;
using Emu.Linux.Signals;

namespace Emu.Linux.Tests.Calls;

public sealed class ProcessCallTests : IDisposable
{
    private const ulong CurrentDirectory = unchecked((ulong)-100);
    private const ulong Path = CallHarness.Buffer + 0x4000;
    private readonly CallHarness _guest = new();

    public void Dispose() => _guest.Dispose();

    [Test]
    public async Task ExitGroupEndsTheProcessWithItsCode()
    {
        _guest.Call(94, 0x1ff);
        await Assert.That(_guest.GoesOn).IsFalse();
        await Assert.That((_guest.Process.Exit!.Value.Code, _guest.Process.Exit!.Value.Signal)).IsEqualTo((255, 0));
        await Assert.That(_guest.LastTrace).IsEqualTo("exit_group(511) = ?");
    }

    [Test]
    public async Task TheLastThreadsExitEndsTheProcess()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, 77);
        await Assert.That(_guest.Call(96, CallHarness.Buffer)).IsEqualTo(Environment.ProcessId);
        _guest.Call(93, 3);
        await Assert.That(_guest.GoesOn).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Code).IsEqualTo(3);
        // As with the kernel, the word is cleared for those who are left: here nobody is.
        await Assert.That(_guest.Read<int>(CallHarness.Buffer)).IsEqualTo(77);
    }

    [Test]
    public async Task UnknownCallsAreNamedOnce()
    {
        await Assert.That(_guest.Call(250, 1, 2, 3, 4, 5)).IsEqualTo(-(long)Errno.ENOSYS);
        await Assert.That(_guest.Call(250, 1, 2, 3, 4, 5)).IsEqualTo(-(long)Errno.ENOSYS);
        await Assert.That(_guest.Call(9999)).IsEqualTo(-(long)Errno.ENOSYS);
        await Assert.That(_guest.Call(-1)).IsEqualTo(-(long)Errno.ENOSYS);
        await Assert.That(_guest.Unimplemented.ToString().TrimEnd()).IsEqualTo(
            """
            unimplemented system call 250 (no name)
            unimplemented system call 9999 (no name)
            unimplemented system call 18446744073709551615 (no name)
            """);
    }

    [Test]
    public async Task UnameIsTheGuestsMachineOnTheHostsSystem()
    {
        await Assert.That(_guest.Call(160, CallHarness.Buffer)).IsEqualTo(0);
        await Assert.That(_guest.ReadName(CallHarness.Buffer, 65)).IsEqualTo("Linux");
        await Assert.That(_guest.ReadName(CallHarness.Buffer + 4 * 65, 65)).IsEqualTo("riscv64");
        await Assert.That(_guest.ReadName(CallHarness.Buffer + 2 * 65, 65)).IsEqualTo(File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
    }

    [Test]
    [Arguments("/proc/self/exe")]
    [Arguments("/proc/thread-self/exe")]
    [Arguments("/proc/PID/exe")]
    public async Task TheExecutableIsTheGuests(string name)
    {
        var path = _guest.Text(name.Replace("PID", Environment.ProcessId.ToString()), Path);
        var length = _guest.Call(78, CurrentDirectory, path, CallHarness.Buffer, 4096);
        await Assert.That(_guest.ReadText(CallHarness.Buffer, (int)length)).IsEqualTo(_guest.ProgramPath);
        await Assert.That(_guest.Call(78, CurrentDirectory, path, CallHarness.Buffer, 5)).IsEqualTo(5);
        await Assert.That(_guest.Call(78, CurrentDirectory, path, CallHarness.Buffer, 0)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(79, CurrentDirectory, path, CallHarness.Buffer, 0)).IsEqualTo(0);
        await Assert.That(_guest.Read<long>(CallHarness.Buffer + 48)).IsEqualTo(new FileInfo(_guest.ProgramPath).Length);
        var fd = _guest.Call(56, CurrentDirectory, path, 0, 0);
        await Assert.That(_guest.Call(63, (ulong)fd, CallHarness.Buffer, 4)).IsEqualTo(4);
        await Assert.That(_guest.ReadText(CallHarness.Buffer, 4)).IsEqualTo("\u007fELF");
        _guest.Call(57, (ulong)fd);
    }

    [Test]
    [Arguments("cmdline", "guest\0one\0")]
    [Arguments("environ", "A=b\0")]
    public async Task FilesOfProcTellOfTheGuest(string name, string contents)
    {
        var fd = _guest.Call(56, CurrentDirectory, _guest.Text("/proc/self/" + name, Path), 0, 0);
        var length = _guest.Call(63, (ulong)fd, CallHarness.Buffer, 4096);
        await Assert.That(_guest.ReadText(CallHarness.Buffer, (int)length)).IsEqualTo(contents);
        _guest.Call(57, (ulong)fd);
        await Assert.That(_guest.Call(56, CurrentDirectory, Path, 1, 0)).IsEqualTo(-(long)Errno.EACCES);
    }

    [Test]
    public async Task MapsListsTheGuestsMappings()
    {
        var fd = _guest.Call(56, CurrentDirectory, _guest.Text("/proc/self/maps", Path), 0, 0);
        var length = _guest.Call(63, (ulong)fd, CallHarness.Buffer, 0x3000);
        _guest.Call(57, (ulong)fd);
        var lines = _guest.ReadText(CallHarness.Buffer, (int)length).TrimEnd('\n').Split('\n');
        await Assert.That(lines[0]).Matches($"^00010000-00011000 r-xp 00000000 [0-9a-f]+:[0-9a-f]+ [0-9]+ +{_guest.ProgramPath}$");
        await Assert.That(lines[3]).IsEqualTo("10000000-10010000 rw-p 00000000 00:00 0 ");
        await Assert.That(lines[4]).IsEqualTo("3ff7ffe000-3ff7fff000 r-xp 00000000 00:00 0                              [vdso]");
        await Assert.That(lines[5]).IsEqualTo("3fff7ff000-3ffffff000 rw-p 00000000 00:00 0                              [stack]");
    }

    [Test]
    public async Task ActionsAndMasksAreKept()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, new SignalAction { Handler = 0x12345, Flags = SignalActionFlags.Once, Mask = ulong.MaxValue });
        await Assert.That(_guest.Call(134, 10, CallHarness.Buffer, 0, 8)).IsEqualTo(0);
        await Assert.That(_guest.Call(134, 10, 0, CallHarness.Buffer + 0x100, 8)).IsEqualTo(0);
        var action = _guest.Read<SignalAction>(CallHarness.Buffer + 0x100);
        await Assert.That((action.Handler, action.Flags, action.Mask)).IsEqualTo((0x12345UL, SignalActionFlags.Once, ~SignalFacts.AbsoluteBits));
        await Assert.That(_guest.Call(134, 9, CallHarness.Buffer, 0, 8)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(134, 65, 0, 0, 8)).IsEqualTo(-(long)Errno.EINVAL);
        await Assert.That(_guest.Call(134, 10, 0, 0, 16)).IsEqualTo(-(long)Errno.EINVAL);
        _guest.Memory.TryWrite(CallHarness.Buffer, 0x300UL);
        await Assert.That(_guest.Call(135, 0, CallHarness.Buffer, CallHarness.Buffer + 8, 8)).IsEqualTo(0);
        await Assert.That(_guest.Read<ulong>(CallHarness.Buffer + 8)).IsEqualTo(0UL);
        await Assert.That(_guest.Call(135, 0, 0, CallHarness.Buffer + 8, 8)).IsEqualTo(0);
        await Assert.That(_guest.Read<ulong>(CallHarness.Buffer + 8)).IsEqualTo(0x200UL);
        await Assert.That(_guest.Call(135, 3, CallHarness.Buffer, 0, 8)).IsEqualTo(-(long)Errno.EINVAL);
    }

    [Test]
    [Arguments(6)]
    [Arguments(9)]
    [Arguments(15)]
    [Arguments(35)]
    public async Task AFatalSignalToItselfKills(int signal)
    {
        await Assert.That(_guest.Call(131, (ulong)Environment.ProcessId, (ulong)Environment.ProcessId, (ulong)signal)).IsEqualTo(0);
        await Assert.That(_guest.GoesOn).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Signal).IsEqualTo(signal);
    }

    [Test]
    public async Task BlockedSignalsWaitAndIgnoredOnesVanish()
    {
        var self = (ulong)Environment.ProcessId;
        _guest.Memory.TryWrite(CallHarness.Buffer, SignalFacts.Bit(Signal.SIGUSR1));
        _guest.Call(135, 0, CallHarness.Buffer, 0, 8);
        await Assert.That(_guest.Call(129, self, 10)).IsEqualTo(0);
        await Assert.That(_guest.GoesOn).IsTrue();
        await Assert.That(_guest.Call(136, CallHarness.Buffer + 8, 8)).IsEqualTo(0);
        await Assert.That(_guest.Read<ulong>(CallHarness.Buffer + 8)).IsEqualTo(SignalFacts.Bit(Signal.SIGUSR1));
        await Assert.That(_guest.Call(129, self, 17)).IsEqualTo(0); // SIGCHLD is ignored by default
        await Assert.That(_guest.GoesOn).IsTrue();
        await Assert.That(_guest.Call(129, self, 0)).IsEqualTo(0);
        await Assert.That(_guest.Call(129, self, 65)).IsEqualTo(-(long)Errno.EINVAL);
        _guest.Call(135, 1, CallHarness.Buffer, 0, 8);
        await Assert.That(_guest.GoesOn).IsFalse();
        await Assert.That(_guest.Process.Exit!.Value.Signal).IsEqualTo(10);
    }

    [Test]
    public async Task LimitsThatWouldBindTheEmulatorAreTheGuestsOwn()
    {
        _guest.Memory.TryWrite(CallHarness.Buffer, new HostLimit { Soft = 1 << 20, Hard = 1 << 21 });
        await Assert.That(_guest.Call(261, 0, 9, CallHarness.Buffer, 0)).IsEqualTo(0);
        await Assert.That(_guest.Call(261, 0, 9, 0, CallHarness.Buffer + 0x100)).IsEqualTo(0);
        await Assert.That(_guest.Read<HostLimit>(CallHarness.Buffer + 0x100).Soft).IsEqualTo(1UL << 20);
        await Assert.That(_guest.Call(163, 7, CallHarness.Buffer + 0x100)).IsEqualTo(0);
        await Assert.That(_guest.Read<HostLimit>(CallHarness.Buffer + 0x100).Soft).IsEqualTo(HostLimits.OpenFiles());
        await Assert.That(_guest.Call(163, 99, CallHarness.Buffer + 0x100)).IsEqualTo(-(long)Errno.EINVAL);
    }

    [Test]
    public async Task ReservedDescriptorsDoNotExistForTheGuest()
    {
        await Assert.That(_guest.Call(59, CallHarness.Buffer, 0)).IsEqualTo(0);
        var (input, output) = (_guest.Read<int>(CallHarness.Buffer), _guest.Read<int>(CallHarness.Buffer + 4));
        var moved = HostDescriptors.Reserve(output);
        await Assert.That(HostDescriptors.IsReserved(moved)).IsTrue();
        await Assert.That(_guest.Call(57, (ulong)moved)).IsEqualTo(-(long)Errno.EBADF);
        await Assert.That(_guest.Call(64, (ulong)moved, CallHarness.Buffer, 1)).IsEqualTo(-(long)Errno.EBADF);
        await Assert.That(_guest.Call(436, (ulong)moved, (ulong)moved, 0)).IsEqualTo(0);
        await Assert.That(Directory.EnumerateFileSystemEntries("/proc/self/fd")).Contains($"/proc/self/fd/{moved}");
        _guest.Call(57, (ulong)input);
    }

    [Test]
    public async Task HwprobeAnswersByKey()
    {
        for (var key = 0UL; key < 4; key++)
            _guest.Memory.TryWrite(CallHarness.Buffer + key * 16, key == 3 ? 1000UL : key + 3);
        await Assert.That(_guest.Call(258, CallHarness.Buffer, 4, 0, 0, 0)).IsEqualTo(0);
        await Assert.That(_guest.Read<ulong>(CallHarness.Buffer + 8)).IsEqualTo(1UL);
        await Assert.That(_guest.Read<ulong>(CallHarness.Buffer + 24) & 7).IsEqualTo(3UL); // F and D, C, no vectors
        await Assert.That(_guest.Read<long>(CallHarness.Buffer + 48)).IsEqualTo(-1L);
    }
}
