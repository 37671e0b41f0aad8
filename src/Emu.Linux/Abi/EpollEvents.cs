using System.Runtime.InteropServices;

namespace Emu.Linux.Abi;

/// <summary><c>struct epoll_event</c> on x86-64, the one architecture where it is packed (include/uapi/linux/eventpoll.h).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct HostEpollEvent
{
    public uint Events;
    public ulong Data;
}

/// <summary><c>struct epoll_event</c> everywhere else.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GuestEpollEvent
{
    public uint Events;
    public ulong Data;

    public readonly HostEpollEvent ToHost() => new() { Events = Events, Data = Data };

    public static GuestEpollEvent From(in HostEpollEvent other) => new() { Events = other.Events, Data = other.Data };
}
