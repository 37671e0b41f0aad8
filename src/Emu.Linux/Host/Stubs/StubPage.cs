using System.Runtime.InteropServices;
using Emu.Linux.Signals;

namespace Emu.Linux.Host.Stubs;

/// <summary>
/// Two pages: machine code that is neither the compiler's nor the C library's, and the data that it uses. Made once per process, when it is first needed, and never given back.
/// </summary>
internal static unsafe class StubPage
{
    private const int PageSize = 4096;
    private const int ReadWrite = 3;
    private const int ReadExecute = 5;
    private const int PrivateAnonymous = 0x22;
    private const int PrivateFixed = 0x12;
    private const int CloseOnExec = 1;
    private static readonly byte* Page = Create();

    /// <summary>Makes the call that the control block describes, unless a signal waits: then the answer is minus ERESTARTSYS, and nothing was done.</summary>
    public static delegate* unmanaged<ThreadControl*, long> Call => (delegate* unmanaged<ThreadControl*, long>)(Page + X64Stubs.Call);

    /// <summary>Calls a function, which does not return, in a child that shares this process's memory; answers the child's number when it has ended or executes a program.</summary>
    public static delegate* unmanaged<nint, nint, long> VFork => (delegate* unmanaged<nint, nint, long>)(Page + X64Stubs.VFork);

    /// <summary>The handler of all signals.</summary>
    public static nint Handler => (nint)(Page + X64Stubs.Handler);

    /// <summary>What a handler returns to.</summary>
    public static nint Restorer => (nint)(Page + X64Stubs.Restorer);

    /// <summary>1 while threads that leave the stub have to wait in it.</summary>
    public static int* Gate => (int*)Data;

    /// <summary>Where the alternate stacks lie, and the bytes from there on.</summary>
    public static nint* Stacks => (nint*)(Data + 8);

    /// <summary>The number of this process, by which the runtime's own signals are known.</summary>
    public static int* ProcessId => (int*)(Data + 24);

    /// <summary>For each signal who had it before.</summary>
    public static nint* Earlier => (nint*)(Data + 128);

    private static byte* Data => Page + PageSize;

    private static byte* Create()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new PlatformNotSupportedException($"no machine code for hosts of kind {RuntimeInformation.ProcessArchitecture}");
        var pages = Kernel.Call(HostCall.Mmap, 0, 2 * PageSize, ReadWrite, PrivateAnonymous, -1, 0);
        if (pages < 0)
            throw new OutOfMemoryException($"no memory for machine code: {HostErrors.Text((int)-pages)}");
        var code = (byte*)pages;
        X64Stubs.Code.CopyTo(new Span<byte>(code, PageSize));
        *(int*)(code + PageSize + 24) = (int)Kernel.Call(HostCall.Getpid);
        *(ulong*)(code + PageSize + 32) = SignalFacts.Shut;
        *(ulong*)(code + PageSize + 40) = ~0UL;
        var refused = Kernel.Call(HostCall.Mprotect, (nint)pages, PageSize, ReadExecute);
        if (refused != 0)
            refused = ReplaceByFile(code);
        return refused == 0 ? code : throw new InvalidOperationException($"this host gives no memory that can be executed: {HostErrors.Text((int)-refused)}");
    }

    /// <summary>
    /// For hosts where nothing that was ever written may be executed (PR_SET_MDWE of prctl(2), systemd's MemoryDenyWriteExecute): a file in memory takes the place of the code. 0 or
    /// minus an errno.
    /// </summary>
    private static long ReplaceByFile(byte* code)
    {
        var name = "emu-stubs\0"u8;
        long file;
        fixed (byte* start = name)
            file = Kernel.Call(HostCall.MemfdCreate, (nint)start, CloseOnExec);
        if (file < 0)
            return file;
        var result = Kernel.Call(HostCall.Write, (nint)file, (nint)code, PageSize);
        if (result >= 0)
            result = Kernel.Call(HostCall.Mmap, (nint)code, PageSize, ReadExecute, PrivateFixed, (nint)file, 0);
        _ = Kernel.Call(HostCall.Close, (nint)file);
        return Math.Min(result, 0);
    }
}
