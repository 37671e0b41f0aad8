using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>
/// The work of one op as a type. Handlers are put together from micro-ops by generic specialisation: alone, or two in one handler.
/// Everything here is inlined into a handler, so nothing may take the address of a local: that would cost the handler its tail call.
/// </summary>
internal unsafe interface IMicroOp
{
    static abstract OpKey Key { get; }

    /// <summary>False if the op cannot be done the short way; the handler then goes to <see cref="Slow"/>.</summary>
    static abstract bool IsFast(VCpuState* state, Op* op, ulong previous);

    /// <summary>Does the op; returns its result, for the second half of a pair.</summary>
    static abstract ulong Do(VCpuState* state, Op* op, ulong previous);

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
