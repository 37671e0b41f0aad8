using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary><c>struct statx</c>, which is the same on every architecture (statx(2)): what all forms of stat are made from.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct HostStatx
{
    [FieldOffset(0)] public uint Mask;
    [FieldOffset(4)] public uint BlockSize;
    [FieldOffset(8)] public ulong Attributes;
    [FieldOffset(16)] public uint LinkCount;
    [FieldOffset(20)] public uint UserId;
    [FieldOffset(24)] public uint GroupId;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public long Size;
    [FieldOffset(48)] public ulong Blocks;
    [FieldOffset(64)] public HostStatxTime AccessTime;
    [FieldOffset(80)] public HostStatxTime BirthTime;
    [FieldOffset(96)] public HostStatxTime ChangeTime;
    [FieldOffset(112)] public HostStatxTime ModifyTime;
    [FieldOffset(128)] public uint SpecialMajor;
    [FieldOffset(132)] public uint SpecialMinor;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;

    /// <summary>S_IFMT</summary>
    public const int TypeMask = 0xf000;

    /// <summary>S_IFDIR</summary>
    public const int Directory = 0x4000;

    /// <summary>S_IFREG</summary>
    public const int Regular = 0x8000;

    /// <summary>S_IFSOCK</summary>
    public const int Socket = 0xc000;

    public readonly bool IsSocket => (Mode & TypeMask) == Socket;

    public readonly bool IsRegular => (Mode & TypeMask) == Regular;

    public readonly bool IsDirectory => (Mode & TypeMask) == Directory;

    /// <summary>The file's device as <c>st_dev</c> has it.</summary>
    public readonly ulong Device => Encode(DeviceMajor, DeviceMinor);

    /// <summary>A device file's number as <c>st_rdev</c> has it.</summary>
    public readonly ulong Special => Encode(SpecialMajor, SpecialMinor);

    /// <summary>new_encode_dev of the kernel (include/linux/kdev_t.h): 12 bits of major, 20 of minor.</summary>
    private static ulong Encode(uint major, uint minor) => (minor & 0xff) | (major << 8) | ((minor & ~0xffu) << 12);
}

/// <summary><c>struct statx_timestamp</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct HostStatxTime
{
    public long Seconds;
    public uint Nanoseconds;
}
