using System.Collections.Immutable;

namespace Emu.Linux.Host;

/// <summary>
/// The descriptors that the emulator keeps for itself. They lie at the upper end of the range, so that the guest gets the numbers it would get from Linux, and
/// count as not open for the guest. Thread-safe.
/// </summary>
public static class HostDescriptors
{
    private const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC
    private const int GetFlags = 1; // F_GETFD
    private const int FirstOfRuntime = 64;
    private const int Room = 32;
    private const int MaxFirst = 1 << 20;
    private static ImmutableHashSet<int> s_reserved = [];

    /// <summary>True if the descriptor is the emulator's own.</summary>
    public static bool IsReserved(int descriptor) => s_reserved.Count != 0 && s_reserved.Contains(descriptor);

    /// <summary>The emulator's own descriptors, lowest first.</summary>
    public static IReadOnlyList<int> Reserved => [.. s_reserved.Order()];

    /// <summary>
    /// Has the runtime open its source of random numbers, which it never closes again, where the guest does not look. Otherwise it would take the lowest free
    /// number as soon as a text is hashed, and a guest's first file would not be number 3. To be called before anything else in the process.
    /// </summary>
    public static void SetRuntimeAside()
    {
        var fillers = new List<int>();
        for (var next = HostFiles.Open("/dev/null"u8.ToArray(), HostFiles.OpenCloseOnExec); next >= 0; next = Duplicate(next))
        {
            fillers.Add(next);
            if (next >= FirstOfRuntime)
                break;
        }

        if (fillers is [.., var last])
        {
            // The last one makes room for the runtime's, as the lowest free number.
            HostFiles.Close(last);
            _ = "".GetHashCode();
            if (Kernel.Call(HostCall.Fcntl, last, GetFlags) >= 0)
                ImmutableInterlocked.Update(ref s_reserved, static (set, number) => set.Add(number), last);
            fillers[..^1].ForEach(static filler => HostFiles.Close(filler));
        }
    }

    private static int Duplicate(int descriptor) => (int)Kernel.Call(HostCall.Fcntl, descriptor, DuplicateCloseOnExec, 0);

    /// <summary>Moves an open descriptor out of the guest's way and hides it; returns the new number, which is also closed on exec.</summary>
    /// <exception cref="IOException">The descriptor is not open, or no number is left.</exception>
    public static int Reserve(int descriptor)
    {
        var first = Math.Max((int)Math.Min(HostLimits.OpenFiles(), MaxFirst) - Room, 3);
        var moved = Kernel.Call(HostCall.Fcntl, descriptor, DuplicateCloseOnExec, first);
        if (moved < 0)
            throw new IOException($"cannot set descriptor {descriptor} aside: {HostErrors.Text((int)-moved)}");
        HostFiles.Close(descriptor);
        ImmutableInterlocked.Update(ref s_reserved, static (set, number) => set.Add(number), (int)moved);
        return (int)moved;
    }
}
