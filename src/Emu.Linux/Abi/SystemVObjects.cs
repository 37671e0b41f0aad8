using System.Runtime.InteropServices;

namespace Emu.Linux.Abi;

/// <summary><c>struct ipc64_perm</c> (include/uapi/asm-generic/ipcbuf.h), which x86-64 shares.</summary>
[StructLayout(LayoutKind.Sequential, Size = 48)]
internal struct IpcPermission
{
    public int Key;
    public uint UserId;
    public uint GroupId;
    public uint CreatorUserId;
    public uint CreatorGroupId;
    public uint Mode;
    public ushort Sequence;
}

/// <summary><c>struct shmid64_ds</c> (include/uapi/asm-generic/shmbuf.h), which x86-64 shares.</summary>
[StructLayout(LayoutKind.Sequential, Size = 112)]
internal struct HostSegment
{
    public IpcPermission Permission;

    /// <summary>Bytes.</summary>
    public ulong Size;
}

/// <summary><c>struct semid64_ds</c> of x86-64 (arch/x86/include/uapi/asm/sembuf.h): each time has a word of its own behind it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 104)]
internal struct HostSemaphores
{
    [FieldOffset(0)] public IpcPermission Permission;
    [FieldOffset(48)] public long OperationTime;
    [FieldOffset(64)] public long ChangeTime;
    [FieldOffset(80)] public ulong Count;
}

/// <summary><c>struct semid64_ds</c> of other 64-bit architectures (include/uapi/asm-generic/sembuf.h).</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct GuestSemaphores
{
    [FieldOffset(0)] public IpcPermission Permission;
    [FieldOffset(48)] public long OperationTime;
    [FieldOffset(56)] public long ChangeTime;
    [FieldOffset(64)] public ulong Count;

    public readonly HostSemaphores ToHost() => new() { Permission = Permission, OperationTime = OperationTime, ChangeTime = ChangeTime, Count = Count };

    public static GuestSemaphores From(in HostSemaphores other) =>
        new() { Permission = other.Permission, OperationTime = other.OperationTime, ChangeTime = other.ChangeTime, Count = other.Count };
}
