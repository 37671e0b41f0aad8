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
    [Theory]
    [InlineData(nameof(GuestStat.Device), 0)]
    [InlineData(nameof(GuestStat.Inode), 8)]
    [InlineData(nameof(GuestStat.Mode), 16)]
    [InlineData(nameof(GuestStat.LinkCount), 20)]
    [InlineData(nameof(GuestStat.UserId), 24)]
    [InlineData(nameof(GuestStat.GroupId), 28)]
    [InlineData(nameof(GuestStat.SpecialDevice), 32)]
    [InlineData(nameof(GuestStat.Size), 48)]
    [InlineData(nameof(GuestStat.BlockSize), 56)]
    [InlineData(nameof(GuestStat.Blocks), 64)]
    [InlineData(nameof(GuestStat.AccessSeconds), 72)]
    [InlineData(nameof(GuestStat.ModifySeconds), 88)]
    [InlineData(nameof(GuestStat.ChangeSeconds), 104)]
    [InlineData(nameof(GuestStat.ChangeNanoseconds), 112)]
    public void StatLiesAsInTheGenericTable(string field, int offset) => Assert.Equal(offset, (int)Marshal.OffsetOf<GuestStat>(field));

    [Theory]
    [InlineData(nameof(HostStatx.Mode), 28)]
    [InlineData(nameof(HostStatx.Inode), 32)]
    [InlineData(nameof(HostStatx.Size), 40)]
    [InlineData(nameof(HostStatx.Blocks), 48)]
    [InlineData(nameof(HostStatx.AccessTime), 64)]
    [InlineData(nameof(HostStatx.ChangeTime), 96)]
    [InlineData(nameof(HostStatx.ModifyTime), 112)]
    [InlineData(nameof(HostStatx.SpecialMajor), 128)]
    [InlineData(nameof(HostStatx.DeviceMajor), 136)]
    public void StatxLiesAsEverywhere(string field, int offset) => Assert.Equal(offset, (int)Marshal.OffsetOf<HostStatx>(field));

    [Fact]
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
