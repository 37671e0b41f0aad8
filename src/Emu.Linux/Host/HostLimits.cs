namespace Emu.Linux.Host;

/// <summary><c>struct rlimit64</c>.</summary>
internal struct HostLimit
{
    public ulong Soft;
    public ulong Hard;
}

/// <summary>Resource limits of this process (getrlimit(2)).</summary>
public static unsafe class HostLimits
{
    private const int Data = 2;
    private const int Stack = 3;
    private const int Core = 4;
    private const int Files = 7;
    private const int AddressSpace = 9;

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

    /// <summary>Which limits of memory are set, as a shell knows them: <c>ulimit -v is 1000000</c> (KiB); empty for none.</summary>
    public static string OfMemory()
    {
        var (space, data) = (Text("ulimit -v", AddressSpace), Text("ulimit -d", Data));
        return space + (space.Length != 0 && data.Length != 0 ? ", " : "") + data;

        static string Text(string name, int resource) => Get(resource).Soft is not ulong.MaxValue and var bytes ? $"{name} is {bytes / 1024}" : "";
    }

    private static HostLimit Get(int resource)
    {
        HostLimit limit;
        return Kernel.Call(HostCall.Prlimit64, 0, resource, 0, (nint)(&limit)) == 0 ? limit : new HostLimit { Soft = ulong.MaxValue, Hard = ulong.MaxValue };
    }
}
