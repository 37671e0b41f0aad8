using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>
/// A handler that does two ops and leaves the block with the one after them.
/// </summary>
internal static unsafe class TripleExit<TFirst, TSecond, TExitOp>
    where TFirst : struct, IMicroOp
    where TSecond : struct, IMicroOp
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
            var secondAddress = TSecond.Address(state, op + 1, first);
            if (!TSecond.IsInside(secondAddress))
                return TSecond.Slow(state, op + 1, first);
            var secondMemory = TSecond.Memory(state);
            if (!TSecond.IsAllowed(secondMemory, secondAddress))
                return TSecond.Slow(state, op + 1, first);
            var second = TSecond.Do(state, op + 1, first, secondMemory, secondAddress);
            if (TExitOp.FallsThrough(state, op + 2, second))
            {
                var following = op[2].NotTaken;
                return following->Run(state, following, previous);
            }

            var next = TExitOp.Next(state, op + 2, second);
            if (Leave.SpendsLast(state))
                return Leave.OutOfBudget(state, next);
            return next->Run(state, next, previous);
        }
    }
}
