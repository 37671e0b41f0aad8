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
            var memory = TFirst.Memory(state);
            var address = TFirst.Address(state, op, 0);
            if (TFirst.IsFast(memory, address))
            {
                var first = TFirst.Do(state, op, 0, memory, address);
                var secondMemory = TSecond.Memory(state);
                var secondAddress = TSecond.Address(state, op + 1, first);
                if (TSecond.IsFast(secondMemory, secondAddress))
                {
                    TSecond.Do(state, op + 1, first, secondMemory, secondAddress);
                    return op[2].Run(state, op + 2);
                }

                return TSecond.Slow(state, op + 1);
            }

            return TFirst.Slow(state, op);
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
            var memory = TFirst.Memory(state);
            var address = TFirst.Address(state, op, 0);
            if (TFirst.IsFast(memory, address))
            {
                var first = TFirst.Do(state, op, 0, memory, address);
                var next = TExitOp.Next(state, op + 1, first);
                if (--state->Budget >= 0)
                    return next->Run(state, next);
                return Leave.OutOfBudget(state, next);
            }

            return TFirst.Slow(state, op);
        }
    }
}

/// <summary>A handler that does two ops and leaves the block with the one after them.</summary>
internal static unsafe class TripleExit<TFirst, TSecond, TExitOp>
    where TFirst : struct, IMicroOp
    where TSecond : struct, IMicroOp
    where TExitOp : struct, IExitOp
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op)
        {
            var memory = TFirst.Memory(state);
            var address = TFirst.Address(state, op, 0);
            if (TFirst.IsFast(memory, address))
            {
                var first = TFirst.Do(state, op, 0, memory, address);
                var secondMemory = TSecond.Memory(state);
                var secondAddress = TSecond.Address(state, op + 1, first);
                if (TSecond.IsFast(secondMemory, secondAddress))
                {
                    var second = TSecond.Do(state, op + 1, first, secondMemory, secondAddress);
                    var next = TExitOp.Next(state, op + 2, second);
                    if (--state->Budget >= 0)
                        return next->Run(state, next);
                    return Leave.OutOfBudget(state, next);
                }

                return TSecond.Slow(state, op + 1);
            }

            return TFirst.Slow(state, op);
        }
    }
}
