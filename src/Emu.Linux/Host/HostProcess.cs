namespace Emu.Linux.Host;

/// <summary>How this process appears to others.</summary>
internal static unsafe class HostProcess
{
    private const int SetNameOption = 15; // PR_SET_NAME

    /// <summary>Names the calling thread after a program's file, as execve does.</summary>
    public static void SetName(ReadOnlySpan<byte> path)
    {
        fixed (byte* name = RawText.WithZero(path[(path.LastIndexOf((byte)'/') + 1)..]))
            Kernel.Call(HostCall.Prctl, SetNameOption, (nint)name);
    }
}
