namespace Emu.Linux.Host;

/// <summary><c>struct rlimit64</c>.</summary>
internal struct HostLimit
{
    public ulong Soft;
    public ulong Hard;
}

/// <summary>Resource limits of this process (getrlimit(2)).</summary>
internal static unsafe class HostLimits
{
    private const int Stack = 3;
    private const int Core = 4;
    private const int Files = 7;

    /// <summary>Soft limit of the stack's size in bytes; all ones for none.</summary>
    public static ulong StackSize() => Get(Stack).Soft;

    /// <summary>Soft limit of descriptor numbers.</summary>
    public static ulong OpenFiles() => Get(Files).Soft;

    /// <summary>No core file will be written of this process.</summary>
    public static void ForbidCore()
    {
        var none = default(HostLimit);
        Kernel.Call(HostCall.Prlimit64, 0, Core, (nint)(&none));
    }

    private static HostLimit Get(int resource)
    {
        HostLimit limit;
        return Kernel.Call(HostCall.Prlimit64, 0, resource, 0, (nint)(&limit)) == 0 ? limit : new HostLimit { Soft = ulong.MaxValue, Hard = ulong.MaxValue };
    }
}
