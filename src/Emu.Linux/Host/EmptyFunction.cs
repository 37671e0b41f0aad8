using System.Runtime.InteropServices;

namespace Emu.Linux.Host;

/// <summary>A function of the host's machine code that returns at once. The published file is static: it has no symbols to look one of the C library's up by.</summary>
internal static unsafe class EmptyFunction
{
    private const int PageSize = 1 << 16; // the largest of any host
    private const int Read = 1;
    private const int Write = 2;
    private const int Execute = 4;
    private const int PrivateAnonymous = 0x22;

    /// <summary>Makes one, which lives as long as the process. Its address, or 0 if the host gives no memory that can be executed.</summary>
    public static nint Create()
    {
        var page = (nint)Kernel.Call(HostCall.Mmap, 0, PageSize, Read | Write, PrivateAnonymous, -1, 0);
        if (page is < 0 and > -4096)
            return 0;
        Return.CopyTo(new Span<byte>((void*)page, PageSize));
        if (Kernel.Call(HostCall.Mprotect, page, PageSize, Read | Execute) == 0)
            return page;
        Kernel.Call(HostCall.Munmap, page, PageSize);
        return 0;
    }

    private static ReadOnlySpan<byte> Return => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => [0xc3],
        Architecture.Arm64 => [0xc0, 0x03, 0x5f, 0xd6],
        var other => throw new PlatformNotSupportedException($"no machine code for hosts of kind {other}"),
    };
}
