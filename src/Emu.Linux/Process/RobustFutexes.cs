using Emu.Engine.Memory;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Process;

/// <summary>
/// Futexes whose owner may die (get_robust_list(2)). The list has guest addresses, so the host's kernel cannot walk it: it is done here as in kernel/futex/core.c,
/// exit_robust_list.
/// </summary>
internal static unsafe class RobustFutexes
{
    private const int Limit = 2048; // ROBUST_LIST_LIMIT
    private const uint Waiters = 0x8000_0000;
    private const uint OwnerDied = 0x4000_0000;
    private const uint OwnerMask = 0x3fff_ffff;
    private const ulong IsPriorityInheriting = 1;

    /// <summary>Marks all futexes that the thread still owns, and wakes one waiter of each.</summary>
    public static void Leave(GuestMemory memory, LinuxThread thread)
    {
        var head = thread.RobustList;
        thread.RobustList = 0;
        if (head == 0 || !memory.TryRead(head, out ulong entry) || !memory.TryRead(head + 8, out long offset) || !memory.TryRead(head + 16, out ulong pending))
            return;
        for (var count = 0; (entry & ~IsPriorityInheriting) != head && count < Limit; count++)
        {
            // The next one first: whoever is woken may free this one.
            var hasNext = memory.TryRead(entry & ~IsPriorityInheriting, out ulong next);
            if (entry != pending)
                Leave(memory, thread.Id, entry, offset, isPending: false);
            if (!hasNext)
                return;
            entry = next;
        }

        if (pending != 0)
            Leave(memory, thread.Id, pending, offset, isPending: true);
    }

    private static void Leave(GuestMemory memory, int owner, ulong entry, long offset, bool isPending)
    {
        var address = (entry & ~IsPriorityInheriting) + (ulong)offset;
        if (address % sizeof(uint) != 0 || !memory.TryGetSpan(address, sizeof(uint), PagePermissions.Write, out _))
            return;
        var word = (uint*)memory.HostAddress(address);
        var isPlain = (entry & IsPriorityInheriting) == 0;
        while (true)
        {
            var value = Volatile.Read(ref *word);
            // A lock operation that was under way: who waits must try again.
            if (isPending && isPlain && value == 0)
                Wake(word);
            if ((value & OwnerMask) != (uint)owner)
                return;
            if (Interlocked.CompareExchange(ref *word, (value & Waiters) | OwnerDied, value) != value)
                continue;
            if (isPlain && (value & Waiters) != 0)
                Wake(word);
            return;
        }
    }

    private static void Wake(uint* word) => Kernel.Call(HostCall.Futex, (nint)word, (nint)FutexOperation.FUTEX_WAKE, 1);
}
