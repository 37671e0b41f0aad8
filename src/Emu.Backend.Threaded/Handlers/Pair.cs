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
            return op[2].Run(state, op + 2, second);
        }
    }
}
