using System.Runtime.InteropServices;

namespace Emu.Linux.Abi;

/// <summary><c>struct msghdr</c> of 64-bit Linux (sendmsg(2)); the same for guest and host but for the addresses in it. The control messages that it points to are the same.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MessageHeader
{
    public ulong Name;
    public uint NameLength;
    private readonly uint _pad1;
    public ulong Vectors;
    public ulong VectorCount;
    public ulong Control;
    public ulong ControlLength;
    public uint Flags;
    private readonly uint _pad2;
}

/// <summary><c>struct mmsghdr</c>: a message of several (sendmmsg(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CountedMessage
{
    public MessageHeader Header;

    /// <summary>Bytes that were sent or received.</summary>
    public uint Length;
    private readonly uint _pad;
}
