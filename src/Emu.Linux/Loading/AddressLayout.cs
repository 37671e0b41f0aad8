using Emu.Engine.Memory;

namespace Emu.Linux.Loading;

/// <summary>Where Linux puts what in the address space of a process, without randomisation.</summary>
internal static class AddressLayout
{
    /// <summary>Address after the stack: one page below the end of the address space.</summary>
    public static ulong StackTop(GuestMemory memory) => memory.Limit - GuestMemory.PageSize;

    /// <summary>Distance kept between the stack's top and other mappings at least (MIN_GAP of mm/util.c).</summary>
    public const ulong StackGap = 128UL << 20;

    /// <summary>The stack's size when RLIMIT_STACK does not say.</summary>
    public const ulong DefaultStack = 8UL << 20;

    /// <summary>Larger limits do not make the stack larger.</summary>
    public const ulong MaxStack = 1UL << 30;

    /// <summary>Free pages below the stack, so that running off its end is a fault (stack_guard_gap of mm/mmap.c).</summary>
    public const ulong StackGuard = 256 * GuestMemory.PageSize;

    /// <summary>Size of the stack for a soft limit of that many bytes.</summary>
    public static ulong StackSize(ulong softLimit) =>
        softLimit > MaxStack ? DefaultStack : Math.Max(GuestMemory.RoundUp(softLimit), 32 * GuestMemory.PageSize);

    /// <summary>Where the search for free ranges begins.</summary>
    public static ulong SearchTop(GuestMemory memory, ulong stackSize) => StackTop(memory) - Math.Max(StackGap, stackSize + StackGuard);
}
