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
    public static void SetRuntimeAside() => OpenAside(static () => "".GetHashCode());

    /// <summary>Runs an action; what it opens and leaves open gets numbers where the guest does not look, and is the emulator's own.</summary>
    internal static void OpenAside<T>(Func<T> open)
    {
        var fillers = new List<int>();
        var next = HostFiles.Open("/dev/null"u8.ToArray(), HostFiles.OpenCloseOnExec);
        for (; next is >= 0 and < FirstOfRuntime; next = Duplicate(next))
            fillers.Add(next);
        if (next >= 0)
            HostFiles.Close(next);
        var before = OpenInRoom();
        try
        {
            open();
        }
        finally
        {
            foreach (var number in OpenInRoom())
                if (!before.Contains(number))
                    ImmutableInterlocked.Update(ref s_reserved, static (set, own) => set.Add(own), number);
            fillers.ForEach(static filler => HostFiles.Close(filler));
        }
    }

    private static List<int> OpenInRoom()
    {
        var numbers = new List<int>();
        for (var number = FirstOfRuntime; number < FirstOfRuntime + Room; number++)
            if (Kernel.Call(HostCall.Fcntl, number, GetFlags) >= 0)
                numbers.Add(number);
        return numbers;
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
