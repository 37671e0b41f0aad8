using System.Runtime.InteropServices;
using Emu.Linux.Host;

namespace Emu.Linux.Abi;

/// <summary><c>struct stat</c> of the generic table (include/uapi/asm-generic/stat.h), which riscv64 has; x86-64 has its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct GuestStat
{
    [FieldOffset(0)] public ulong Device;
    [FieldOffset(8)] public ulong Inode;
    [FieldOffset(16)] public uint Mode;
    [FieldOffset(20)] public uint LinkCount;
    [FieldOffset(24)] public uint UserId;
    [FieldOffset(28)] public uint GroupId;
    [FieldOffset(32)] public ulong SpecialDevice;
    [FieldOffset(48)] public long Size;
    [FieldOffset(56)] public int BlockSize;
    [FieldOffset(64)] public long Blocks;
    [FieldOffset(72)] public long AccessSeconds;
    [FieldOffset(80)] public ulong AccessNanoseconds;
    [FieldOffset(88)] public long ModifySeconds;
    [FieldOffset(96)] public ulong ModifyNanoseconds;
    [FieldOffset(104)] public long ChangeSeconds;
    [FieldOffset(112)] public ulong ChangeNanoseconds;

    public static GuestStat From(in HostStatx status) => new()
    {
        Device = status.Device,
        Inode = status.Inode,
        Mode = status.Mode,
        LinkCount = status.LinkCount,
        UserId = status.UserId,
        GroupId = status.GroupId,
        SpecialDevice = status.Special,
        Size = status.Size,
        BlockSize = (int)status.BlockSize,
        Blocks = (long)status.Blocks,
        AccessSeconds = status.AccessTime.Seconds,
        AccessNanoseconds = status.AccessTime.Nanoseconds,
        ModifySeconds = status.ModifyTime.Seconds,
        ModifyNanoseconds = status.ModifyTime.Nanoseconds,
        ChangeSeconds = status.ChangeTime.Seconds,
        ChangeNanoseconds = status.ChangeTime.Nanoseconds,
    };
}
