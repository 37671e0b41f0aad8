using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;
using Emu.Linux.Loading;
using Emu.Linux.Signals;

namespace Emu.Linux.Tests.Calls;

/// <summary>Offsets and sizes as riscv64-linux-gnu-gcc prints them with offsetof and sizeof for the kernel's headers.</summary>
public sealed class LayoutTests
{
    [Test]
    [Arguments(nameof(GuestStat.Device), 0)]
    [Arguments(nameof(GuestStat.Inode), 8)]
    [Arguments(nameof(GuestStat.Mode), 16)]
    [Arguments(nameof(GuestStat.LinkCount), 20)]
    [Arguments(nameof(GuestStat.UserId), 24)]
    [Arguments(nameof(GuestStat.GroupId), 28)]
    [Arguments(nameof(GuestStat.SpecialDevice), 32)]
    [Arguments(nameof(GuestStat.Size), 48)]
    [Arguments(nameof(GuestStat.BlockSize), 56)]
    [Arguments(nameof(GuestStat.Blocks), 64)]
    [Arguments(nameof(GuestStat.AccessSeconds), 72)]
    [Arguments(nameof(GuestStat.ModifySeconds), 88)]
    [Arguments(nameof(GuestStat.ChangeSeconds), 104)]
    [Arguments(nameof(GuestStat.ChangeNanoseconds), 112)]
    public async Task StatLiesAsInTheGenericTable(string field, int offset) => await Assert.That((int)Marshal.OffsetOf<GuestStat>(field)).IsEqualTo(offset);

    [Test]
    [Arguments(nameof(HostStatx.Mode), 28)]
    [Arguments(nameof(HostStatx.Inode), 32)]
    [Arguments(nameof(HostStatx.Size), 40)]
    [Arguments(nameof(HostStatx.Blocks), 48)]
    [Arguments(nameof(HostStatx.AccessTime), 64)]
    [Arguments(nameof(HostStatx.ChangeTime), 96)]
    [Arguments(nameof(HostStatx.ModifyTime), 112)]
    [Arguments(nameof(HostStatx.SpecialMajor), 128)]
    [Arguments(nameof(HostStatx.DeviceMajor), 136)]
    public async Task StatxLiesAsEverywhere(string field, int offset) => await Assert.That((int)Marshal.OffsetOf<HostStatx>(field)).IsEqualTo(offset);

    [Test]
    public async Task SizesAreTheKernels()
    {
        await Assert.That(Unsafe.SizeOf<GuestStat>()).IsEqualTo(128);
        await Assert.That(Unsafe.SizeOf<HostStatx>()).IsEqualTo(256);
        await Assert.That(Unsafe.SizeOf<SystemName>()).IsEqualTo(390);
        await Assert.That(Unsafe.SizeOf<GuestEpollEvent>()).IsEqualTo(16);
        await Assert.That(Unsafe.SizeOf<HostEpollEvent>()).IsEqualTo(12);
        await Assert.That(Unsafe.SizeOf<HardwareProbe>()).IsEqualTo(16);
        await Assert.That(Unsafe.SizeOf<SignalAction>()).IsEqualTo(24);
        await Assert.That(Unsafe.SizeOf<SignalStack>()).IsEqualTo(24);
        await Assert.That(Unsafe.SizeOf<IoVector>()).IsEqualTo(16);
        await Assert.That(Unsafe.SizeOf<HostLimit>()).IsEqualTo(16);
        await Assert.That(Unsafe.SizeOf<ElfHeader>()).IsEqualTo(64);
        await Assert.That(Unsafe.SizeOf<ElfProgramHeader>()).IsEqualTo(56);
        await Assert.That((int)Marshal.OffsetOf<SignalStack>(nameof(SignalStack.Size))).IsEqualTo(16);
        await Assert.That((int)Marshal.OffsetOf<GuestEpollEvent>(nameof(GuestEpollEvent.Data))).IsEqualTo(8);
    }
}
