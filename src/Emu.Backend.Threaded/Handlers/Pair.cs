using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>
/// A handler that does an op and the one after it. It stands in the first op; the second keeps its operands and its own handler, which the slow path of
/// the first goes on with.
/// </summary>
internal static unsafe class Pair<TFirst, TSecond>
    where TFirst : struct, IMicroOp
    where TSecond : struct, IMicroOp
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op)
        {
            if (!TFirst.IsFast(state, op, 0))
                return TFirst.Slow(state, op);
            var first = TFirst.Do(state, op, 0);
            if (!TSecond.IsFast(state, op + 1, first))
                return TSecond.Slow(state, op + 1);
            TSecond.Do(state, op + 1, first);
            return op[2].Run(state, op + 2);
        }
    }
}

/// <summary>A handler that does an op and leaves the block with the one after it.</summary>
internal static unsafe class PairExit<TFirst, TExitOp>
    where TFirst : struct, IMicroOp
    where TExitOp : struct, IExitOp
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op)
        {
            if (!TFirst.IsFast(state, op, 0))
                return TFirst.Slow(state, op);
            var first = TFirst.Do(state, op, 0);
            var next = TExitOp.Next(state, op + 1, first);
            if (--state->Budget < 0)
                return Leave.OutOfBudget(state, next);
            return next->Run(state, next);
        }
    }
}
