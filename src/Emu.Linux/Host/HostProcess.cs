using System.Diagnostics.CodeAnalysis;

namespace Emu.Linux.Host;

/// <summary>How this process appears to others, and its end.</summary>
public static unsafe class HostProcess
{
    private const int SetNameOption = 15; // PR_SET_NAME

    /// <summary>The kernel's number of this process. The runtime's own answer is remembered, and so the parent's in a forked child.</summary>
    public static int Id => (int)Kernel.Call(HostCall.Getpid);

    /// <summary>The kernel's number of the calling thread.</summary>
    internal static int ThreadId => (int)Kernel.Call(HostCall.Gettid);

    /// <summary>Names the calling thread after a program's file, as execve does.</summary>
    internal static void SetName(ReadOnlySpan<byte> path)
    {
        fixed (byte* name = RawText.WithZero(path[(path.LastIndexOf((byte)'/') + 1)..]))
            Kernel.Call(HostCall.Prctl, SetNameOption, (nint)name);
    }

    /// <summary>Ends the process at once, whatever its threads are doing (exit_group(2)).</summary>
    [DoesNotReturn]
    internal static void Exit(int code)
    {
        while (true)
            Kernel.Call(HostCall.ExitGroup, code);
    }
}
