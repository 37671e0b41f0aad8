using System.Runtime.CompilerServices;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>
/// The work of one op as a type. Handlers are put together from micro-ops by generic specialisation: alone, or two in one handler.
/// Everything here is inlined into a handler, so nothing may give the address of a local away: that would cost the handler its tail call.
/// The steps of an access are separate, for handlers to take one after the other with a way out after each: in this form, and only in
/// this form, the compiler puts the ways out behind the work and needs no register that the handler would have to save. An op that accesses nothing leaves
/// them as they stand here, and the tests vanish.
/// </summary>
internal unsafe interface IMicroOp
{
    static abstract OpKey Key { get; }

    /// <summary>The guest address that is accessed, or what else is to be tested before the op is done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual ulong Address(VCpuState* state, Op* op, ulong previous) => 0;

    /// <summary>False if the address is misaligned or outside the address space; the handler then goes to <see cref="Slow"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual bool IsInside(ulong address) => true;

    /// <summary>What guest addresses are relative to; null for an op that does not access memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual byte* Memory(VCpuState* state) => null;

    /// <summary>False if the page does not allow the access; the handler then goes to <see cref="Slow"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual bool IsAllowed(byte* memory, ulong address) => true;

    /// <summary>Does the op; returns its result, for the second half of a pair.</summary>
    static abstract ulong Do(VCpuState* state, Op* op, ulong previous, byte* memory, ulong address);

    /// <summary>A whole handler that does the op the long way and goes on with the op after it, or leaves with a fault.</summary>
    static virtual nint Slow(VCpuState* state, Op* op, ulong previous) => throw new InvalidOperationException("this op has no long way");
}

/// <summary>The work of an op that ends a block by going to one of its links.</summary>
internal unsafe interface IExitOp
{
    static abstract OpKey Key { get; }

    /// <summary>True if it goes on directly behind the block: forward, so that the budget need not count it.</summary>
    static abstract bool FallsThrough(VCpuState* state, Op* op, ulong previous);

    /// <summary>Where to go on otherwise.</summary>
    static abstract Op* Next(VCpuState* state, Op* op, ulong previous);
}
