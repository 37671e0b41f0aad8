using System.Collections.Immutable;

namespace Emu.Linux.Host;

/// <summary>
/// The descriptors that the emulator keeps for itself. They lie at the upper end of the range, so that the guest gets the numbers it would get from Linux, and
/// count as not open for the guest. Thread-safe.
/// </summary>
public static class HostDescriptors
{
    private const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC
    private const int Room = 32;
    private const int MaxFirst = 1 << 20;
    private static ImmutableHashSet<int> s_reserved = [];

    /// <summary>True if the descriptor is the emulator's own.</summary>
    public static bool IsReserved(int descriptor) => s_reserved.Count != 0 && s_reserved.Contains(descriptor);

    /// <summary>The emulator's own descriptors, lowest first.</summary>
    public static IReadOnlyList<int> Reserved => [.. s_reserved.Order()];

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
