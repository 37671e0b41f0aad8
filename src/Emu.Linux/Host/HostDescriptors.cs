using System.Collections.Immutable;
using System.Numerics;
using ZLinq;

namespace Emu.Linux.Host;

/// <summary>
/// The descriptors that the emulator keeps for itself. They lie at the upper end of the range, so that the guest gets the numbers it would get from Linux, and
/// count as not open for the guest. Thread-safe.
/// </summary>
public static class HostDescriptors
{
    private const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC
    private const int GetFlags = 1; // F_GETFD
    private const int FirstOfRuntime = 320; // above what programs choose themselves: bash takes 255, and some occupy all of a byte's
    private const int NoneLeft = 24; // EMFILE
    private const int Room = 32;
    private const int MostOpened = 8;
    private const int MaxFirst = 1 << 12; // the kernel copies a table of this length when the process forks
    private static ImmutableHashSet<int> s_reserved = [];

    /// <summary>True if the descriptor is the emulator's own.</summary>
    public static bool IsReserved(int descriptor) => s_reserved.Count != 0 && s_reserved.Contains(descriptor);

    /// <summary>The emulator's own descriptors, lowest first.</summary>
    public static IReadOnlyList<int> Reserved => s_reserved.AsValueEnumerable().Order().ToArray();

    /// <summary>
    /// Has the runtime open its source of random numbers, which it never closes again, where the guest does not look. Otherwise it would take the lowest free
    /// number as soon as a text is hashed, and a guest's first file would not be number 3. To be called before anything else in the process.
    /// </summary>
    public static void SetRuntimeAside() => OpenAside(static () => "".GetHashCode());

    /// <summary>Runs an action; what it opens and leaves open gets numbers where the guest does not look, and is the emulator's own.</summary>
    internal static void OpenAside<T>(Func<T> open)
    {
        // Where descriptors are scarce (ulimit -n), lower numbers must do: what is opened needs some that are free.
        var limit = (int)Math.Min(HostLimits.OpenFiles(), MaxFirst);
        var wanted = Math.Clamp(limit - MostOpened, 0, FirstOfRuntime);
        Span<int> fillers = stackalloc int[FirstOfRuntime];
        var (used, next) = (0, HostFiles.Open("/dev/null"u8.ToArray(), HostFiles.OpenCloseOnExec));
        for (; next >= 0 && next < wanted; next = Duplicate(next))
            fillers[used++] = next;
        if (next >= 0)
            HostFiles.Close(next);
        // All lower numbers are taken: what is opened now lies there or above.
        var before = next >= 0 ? OpenInRoom(next) : 0;
        try
        {
            open();
        }
        finally
        {
            for (var set = next >= 0 ? OpenInRoom(next) & ~before : 0; set != 0; set &= set - 1)
                ImmutableInterlocked.Update(ref s_reserved, static (set, own) => set.Add(own), next + BitOperations.TrailingZeroCount(set));
            Close(fillers[..used]);
        }
    }

    /// <summary>Which of the numbers from <paramref name="first"/> on are open, a bit each.</summary>
    private static uint OpenInRoom(int first)
    {
        var set = 0u;
        for (var bit = 0; bit < MostOpened; bit++)
            if (Kernel.Call(HostCall.Fcntl, first + bit, GetFlags) >= 0)
                set |= 1u << bit;
        return set;
    }

    /// <summary>Closes numbers in rising order, those next to each other by one call.</summary>
    private static void Close(ReadOnlySpan<int> numbers)
    {
        while (numbers.Length > 0)
        {
            var count = 1;
            while (count < numbers.Length && numbers[count] == numbers[0] + count)
                count++;
            // An old kernel does not know it.
            if (Kernel.Call(HostCall.CloseRange, numbers[0], numbers[count - 1], 0) < 0)
                foreach (var number in numbers[..count])
                    HostFiles.Close(number);
            numbers = numbers[count..];
        }
    }

    /// <summary>Closes a descriptor that <see cref="Reserve"/> set aside.</summary>
    public static void Release(int descriptor)
    {
        ImmutableInterlocked.Update(ref s_reserved, static (set, number) => set.Remove(number), descriptor);
        HostFiles.Close(descriptor);
    }

    private static int Duplicate(int descriptor) => (int)Kernel.Call(HostCall.Fcntl, descriptor, DuplicateCloseOnExec, 0);

    /// <summary>Moves an open descriptor out of the guest's way and hides it; returns the new number, which is also closed on exec.</summary>
    /// <exception cref="IOException">The descriptor is not open, or no number is left.</exception>
    public static int Reserve(int descriptor)
    {
        var moved = TryReserve(descriptor);
        return moved >= 0 ? moved : throw new IOException($"cannot set descriptor {descriptor} aside: {HostErrors.Text(-moved)}");
    }

    /// <summary>As <see cref="Reserve"/>, but answers minus errno if there is no number left; the descriptor is closed then too.</summary>
    public static int TryReserve(int descriptor)
    {
        var moved = DuplicateAside(descriptor);
        HostFiles.Close(descriptor);
        return moved;
    }

    /// <summary>True under a limit where the guest's files and the reports need each number.</summary>
    public static bool AreScarce => HostLimits.OpenFiles() < Room;

    /// <summary>A second number for what an open descriptor names, out of the guest's way and hidden, also closed on exec; minus errno if there is none.</summary>
    public static int DuplicateAside(int descriptor)
    {
        var limit = (int)Math.Min(HostLimits.OpenFiles(), MaxFirst);
        var first = Math.Max(limit - Math.Min(Room, limit / 4), 3);
        var own = (int)Kernel.Call(HostCall.Fcntl, descriptor, DuplicateCloseOnExec, first);
        // Whoever started the emulator may have left files open there.
        if (own == -NoneLeft)
            own = Duplicate(descriptor);
        if (own >= 0)
            ImmutableInterlocked.Update(ref s_reserved, static (set, number) => set.Add(number), own);
        return own;
    }
}
