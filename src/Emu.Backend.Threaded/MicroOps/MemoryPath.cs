using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Engine.Memory;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>How guest addresses become host addresses, as a type: another kind of memory is another struct, not another engine.</summary>
internal unsafe interface IMemoryPath
{
    /// <summary>What addresses are relative to, for the other methods.</summary>
    static abstract byte* Base(VCpuState* state);

    /// <summary>True if an access of 2^<paramref name="shift"/> bytes is aligned and inside the address space.</summary>
    static abstract bool IsInside(ulong address, int shift);

    /// <summary>True if the page of an address that is inside allows the access.</summary>
    static abstract bool IsAllowed(byte* memory, ulong address, PagePermissions need);

    /// <summary>True if an access that was refused, inside of one page, is allowed all the same and must be made now: a slow path.</summary>
    static abstract bool TryReach(ulong address, int length, PagePermissions need);

    /// <summary>The host address of an address that is allowed.</summary>
    static abstract byte* HostAddress(byte* memory, ulong address);
}

/// <summary>User mode: one flat region with a permission byte per page below it.</summary>
internal readonly unsafe struct FlatMemory : IMemoryPath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Base(VCpuState* state) => state->Memory;

    /// <summary>One test of the bits that an aligned address of the address space cannot have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInside(ulong address, int shift) => (address & (~(GuestMemory.Size - 1) | ((1UL << shift) - 1))) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAllowed(byte* memory, ulong address, PagePermissions need) =>
        (memory[(long)(address >> GuestMemory.PageBits) + GuestMemory.PermissionTable] & (byte)need) != 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryReach(ulong address, int length, PagePermissions need) => VCpuContext.Current is { } vcpu && vcpu.TryReach(address, length, need);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* HostAddress(byte* memory, ulong address) => memory + address;
}
