using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>ioctl(2): requests have the same numbers and structures on riscv64 and x86-64; what must be known is whether the argument is an address.</summary>
internal static class DeviceCalls
{
    /// <summary>Requests that encode no direction and take the address of something.</summary>
    private static readonly HashSet<uint> WithAddress =
    [
        0x5401, 0x5402, 0x5403, 0x5404, // TCGETS TCSETS TCSETSW TCSETSF
        0x5405, 0x5406, 0x5407, 0x5408, // TCGETA TCSETA TCSETAW TCSETAF
        0x540f, 0x5410, 0x5411, 0x5412, // TIOCGPGRP TIOCSPGRP TIOCOUTQ TIOCSTI
        0x5413, 0x5414, 0x5415, 0x5416, 0x5417, 0x5418, // TIOCGWINSZ TIOCSWINSZ TIOCMGET TIOCMBIS TIOCMBIC TIOCMSET
        0x541b, 0x5421, 0x5423, 0x5424, 0x5429, 0x5452, // FIONREAD FIONBIO TIOCSETD TIOCGETD TIOCGSID FIOASYNC
        0x0301, 0x1260, 0x1268, 0x4b33, 0x4b3a, 0x5600, 0x5601, 0x5603, // HDIO_GETGEO BLKGETSIZE BLKSSZGET KDGKBTYPE KDSETMODE.. VT_OPENQRY VT_GETMODE VT_GETSTATE
        0x1, 0x2, // FIBMAP FIGETBSZ
        0x8910, 0x8913, 0x8914, 0x8915, 0x8916, 0x8917, 0x8919, 0x891b, 0x891d, 0x8921, 0x8922, 0x8927, 0x8933, 0x8942, // SIOCGIF… with struct ifreq
    ];

    /// <summary>Requests whose argument is a number or nothing.</summary>
    private static readonly HashSet<uint> WithNumber =
    [
        0x5409, 0x540a, 0x540b, 0x540c, 0x540d, 0x540e, 0x5422, 0x5425, 0x5427, 0x5428, // TCSBRK TCXONC TCFLSH TIOCEXCL TIOCNXCL TIOCSCTTY TIOCNOTTY TCSBRKP TIOCSBRK TIOCCBRK
        0x5441, 0x5450, 0x5451, // TIOCGPTPEER FIONCLEX FIOCLEX
        0x1261, 0x5605, 0x5606, 0x5607, // BLKFLSBUF VT_RELDISP VT_ACTIVATE VT_WAITACTIVE
        0x40049409, // FICLONE: encodes a size, but takes a descriptor
    ];

    [Syscall(29)]
    public static SysResult Ioctl(ref SyscallContext c, Fd fd, GuestAddress request, GuestAddress argument)
    {
        const uint DirectionMask = 0xc0000000; // _IOC_READ | _IOC_WRITE
        var number = (uint)request.Value;
        if (WithNumber.Contains(number))
            return c.Host(HostCall.Ioctl, fd, (nint)number, (nint)argument.Value);
        if (WithAddress.Contains(number) || (number & DirectionMask) != 0)
            return c.Host(HostCall.Ioctl, fd, (nint)number, c.HostAddress(argument));
        // Without an argument the host's kernel can only say whether the descriptor is good and knows the request.
        var answer = c.Host(HostCall.Ioctl, fd, (nint)number);
        if (answer.Value == -(long)Errno.EFAULT)
            c.Process.Unimplemented.Say($"unimplemented ioctl request 0x{number:x}");
        return answer.Value == -(long)Errno.EFAULT ? Errno.ENOTTY : answer;
    }
}
