using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>
/// The work of one op as a type. Handlers are put together from micro-ops by generic specialisation: alone, or two in one handler.
/// Everything here is inlined into a handler, so nothing may take the address of a local: that would cost the handler its tail call.
/// Memory and address are passed along rather than computed in each step, because what the compiler finds twice it keeps in registers that
/// the handler then has to save.
/// </summary>
internal unsafe interface IMicroOp
{
    static abstract OpKey Key { get; }

    /// <summary>What guest addresses are relative to; null for an op that does not access memory.</summary>
    static abstract byte* Memory(VCpuState* state);

    /// <summary>The guest address that is accessed.</summary>
    static abstract ulong Address(VCpuState* state, Op* op, ulong previous);

    /// <summary>False if the op cannot be done the short way; the handler then goes to <see cref="Slow"/>.</summary>
    static abstract bool IsFast(byte* memory, ulong address);

    /// <summary>Does the op; returns its result, for the second half of a pair.</summary>
    static abstract ulong Do(VCpuState* state, Op* op, ulong previous, byte* memory, ulong address);

    /// <summary>A whole handler that does the op the long way and goes on with the op after it, or leaves with a fault.</summary>
    static abstract nint Slow(VCpuState* state, Op* op);
}

/// <summary>The work of an op that ends a block by going to one of its links.</summary>
internal unsafe interface IExitOp
{
    static abstract OpKey Key { get; }

    /// <summary>Where to go on.</summary>
    static abstract Op* Next(VCpuState* state, Op* op, ulong previous);
}
