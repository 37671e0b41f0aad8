using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>
/// A handler that does an op and leaves the block with the one after it.
/// </summary>
internal static unsafe class PairExit<TFirst, TExitOp>
    where TFirst : struct, IMicroOp
    where TExitOp : struct, IExitOp
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var address = TFirst.Address(state, op, previous);
            if (!TFirst.IsInside(address))
                return TFirst.Slow(state, op, previous);
            var memory = TFirst.Memory(state);
            if (!TFirst.IsAllowed(memory, address))
                return TFirst.Slow(state, op, previous);
            var first = TFirst.Do(state, op, previous, memory, address);
            if (TExitOp.FallsThrough(state, op + 1, first))
            {
                var following = op[1].NotTaken;
                return following->Run(state, following, previous);
            }

            var next = TExitOp.Next(state, op + 1, first);
            if (Leave.SpendsLast(state))
                return Leave.OutOfBudget(state, next);
            return next->Run(state, next, previous);
        }
    }
}
