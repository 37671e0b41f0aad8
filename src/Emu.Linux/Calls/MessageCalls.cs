using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Messages of sockets: several buffers, an address and control messages by one call.</summary>
internal static unsafe class MessageCalls
{
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const uint MaxMessages = 1024; // the kernel cuts greater numbers (net/socket.c)

    [Syscall(211)]
    public static SysResult Sendmsg(ref SyscallContext c, Fd fd, GuestAddress message, int flags)
    {
        if (!c.Memory.TryRead(message, out MessageHeader header) || !TryTranslate(ref c, ref header))
            return Errno.EFAULT;
        var result = c.Send(HostCall.Sendmsg, fd, (nint)(&header), flags | NoSignal);
        return (flags & NoSignal) != 0 ? result : c.Sent(result);
    }

    [Syscall(212)]
    public static SysResult Recvmsg(ref SyscallContext c, Fd fd, GuestAddress message, int flags)
    {
        if (!c.Memory.TryRead(message, out MessageHeader guest))
            return Errno.EFAULT;
        var header = guest;
        if (!TryTranslate(ref c, ref header))
            return Errno.EFAULT;
        var result = c.Receive(HostCall.Recvmsg, fd, (nint)(&header), flags);
        return result.IsError || c.Memory.TryWrite(message, Filled(guest, header)) ? result : Errno.EFAULT;
    }

    [Syscall(269)]
    public static SysResult Sendmmsg(ref SyscallContext c, Fd fd, GuestAddress messages, uint count, int flags)
    {
        count = Math.Min(count, MaxMessages);
        var usable = Translate(ref c, messages, count, out var host);
        if (usable == 0 && count > 0)
            return Errno.EFAULT;
        var result = c.Host(HostCall.Sendmmsg, fd, (nint)host, (nint)usable, flags | NoSignal);
        for (var i = 0; i < result.Value; i++)
            if (!c.Memory.TryWrite(AddressOf(messages, i) + (ulong)sizeof(MessageHeader), host[i].Length))
                return i > 0 ? i : Errno.EFAULT;
        return (flags & NoSignal) != 0 ? result : c.Sent(result);
    }

    [Syscall(243)]
    public static SysResult Recvmmsg(ref SyscallContext c, Fd fd, GuestAddress messages, uint count, int flags, GuestPointer timeout)
    {
        count = Math.Min(count, MaxMessages);
        var usable = Translate(ref c, messages, count, out var host);
        if (usable == 0 && count > 0)
            return Errno.EFAULT;
        var result = c.Host(HostCall.Recvmmsg, fd, (nint)host, (nint)usable, flags, timeout);
        for (var i = 0; i < result.Value; i++)
            if (c.Memory.TryRead(AddressOf(messages, i), out CountedMessage guest))
                c.Memory.TryWrite(AddressOf(messages, i), guest with { Header = Filled(guest.Header, host[i].Header), Length = host[i].Length });
        return result;
    }

    private static ulong AddressOf(ulong messages, int index) => messages + (ulong)index * (ulong)sizeof(CountedMessage);

    /// <summary>The messages for the host, as many as can be read: the kernel, too, stops at the first that cannot.</summary>
    private static uint Translate(ref SyscallContext c, ulong messages, uint count, out CountedMessage* host)
    {
        host = (CountedMessage*)c.Thread.Scratch.Allocate((int)Math.Max(count, 1) * sizeof(CountedMessage));
        for (var i = 0; i < (int)count; i++)
            if (!c.Memory.TryRead(AddressOf(messages, i), out host[i]) || !TryTranslate(ref c, ref host[i].Header))
                return (uint)i;
        return count;
    }

    /// <summary>Turns a guest's header into one for the host's kernel, or answers false if its list of buffers cannot be read.</summary>
    private static bool TryTranslate(ref SyscallContext c, ref MessageHeader header)
    {
        if (!GuestVectors.TryTranslate(ref c, header.Vectors, (nint)header.VectorCount, out var vectors))
            return false;
        header.Vectors = (ulong)vectors;
        header.Name = (ulong)c.HostAddress(header.Name);
        header.Control = (ulong)c.HostAddress(header.Control, header.ControlLength);
        return true;
    }

    /// <summary>The guest's header with what the kernel has put into the host's.</summary>
    private static MessageHeader Filled(in MessageHeader guest, in MessageHeader host) =>
        guest with { NameLength = host.NameLength, ControlLength = host.ControlLength, Flags = host.Flags };
}
