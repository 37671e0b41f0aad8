using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;
using Emu.Linux.Loading;
using Emu.Linux.Signals;
using Assert = Xunit.Assert;

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
    public void StatLiesAsInTheGenericTable(string field, int offset) => Assert.Equal(offset, (int)Marshal.OffsetOf<GuestStat>(field));

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
    public void StatxLiesAsEverywhere(string field, int offset) => Assert.Equal(offset, (int)Marshal.OffsetOf<HostStatx>(field));

    [Test]
    public void SizesAreTheKernels()
    {
        Assert.Equal(128, Unsafe.SizeOf<GuestStat>());
        Assert.Equal(256, Unsafe.SizeOf<HostStatx>());
        Assert.Equal(390, Unsafe.SizeOf<SystemName>());
        Assert.Equal(16, Unsafe.SizeOf<GuestEpollEvent>());
        Assert.Equal(12, Unsafe.SizeOf<HostEpollEvent>());
        Assert.Equal(16, Unsafe.SizeOf<HardwareProbe>());
        Assert.Equal(24, Unsafe.SizeOf<SignalAction>());
        Assert.Equal(24, Unsafe.SizeOf<SignalStack>());
        Assert.Equal(16, Unsafe.SizeOf<IoVector>());
        Assert.Equal(16, Unsafe.SizeOf<HostLimit>());
        Assert.Equal(64, Unsafe.SizeOf<ElfHeader>());
        Assert.Equal(56, Unsafe.SizeOf<ElfProgramHeader>());
        Assert.Equal(16, (int)Marshal.OffsetOf<SignalStack>(nameof(SignalStack.Size)));
        Assert.Equal(8, (int)Marshal.OffsetOf<GuestEpollEvent>(nameof(GuestEpollEvent.Data)));
    }
}
