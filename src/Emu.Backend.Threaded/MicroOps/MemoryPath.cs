using System.Numerics;
using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Engine.Memory;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>How guest addresses become host addresses, as a type: another kind of memory is another struct, not another engine.</summary>
internal unsafe interface IMemoryPath
{
    /// <summary>What addresses are relative to, for the other methods.</summary>
    static abstract byte* Base(VCpuState* state);

    /// <summary>True if an access of 2^<paramref name="shift"/> bytes is aligned, inside the address space and allowed by its page.</summary>
    static abstract bool Allows(byte* memory, ulong address, int shift, PagePermissions need);

    /// <summary>The host address of an address that is allowed.</summary>
    static abstract byte* HostAddress(byte* memory, ulong address);
}

/// <summary>User mode: one flat region with a permission byte per page directly below it.</summary>
internal readonly unsafe struct FlatMemory : IMemoryPath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Base(VCpuState* state) => state->Memory;

    /// <summary>
    /// Rotating the address right by the width's log2 moves misaligned low bits to the top, so one comparison tests alignment and bound at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Allows(byte* memory, ulong address, int shift, PagePermissions need)
    {
        var unit = BitOperations.RotateRight(address, shift);
        return unit < GuestMemory.Size >> shift
            && (memory[(long)(unit >> (GuestMemory.PageBits - shift)) - GuestMemory.PermissionTableSize] & (byte)need) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* HostAddress(byte* memory, ulong address) => memory + address;
}
