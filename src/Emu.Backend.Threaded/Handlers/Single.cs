using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

// Every handler stands in a nested class named RawCalliHelper. The AOT compiler treats each call through a managed function pointer as possibly
// "fat" (a tagged pointer to code and a generic dictionary) and adds a test, a branch and a second call with its arguments moved by one; a class of this
// name opts out. Our pointers are never fat: handlers are instantiated over structs only, which share no code. The name changes nothing but speed and
// size: a handler of 9 instructions has 19 with the test, of which 13 are executed. Both calls are tail calls since .NET 10.
//
// A handler that goes on with another one must not be marked NoInlining: the compilers make no tail calls in such methods, as people mark what they
// want to see in stack traces. What the marked method would keep out of the fast paths is too large to be inlined anyway.

/// <summary>A handler that does one micro-op.</summary>
internal static unsafe class Single<TMicroOp>
    where TMicroOp : struct, IMicroOp
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var address = TMicroOp.Address(state, op, previous);
            if (!TMicroOp.IsInside(address))
                return TMicroOp.Slow(state, op, previous);
            var memory = TMicroOp.Memory(state);
            if (!TMicroOp.IsAllowed(memory, address))
                return TMicroOp.Slow(state, op, previous);
            var result = TMicroOp.Do(state, op, previous, memory, address);
            return op[1].Run(state, op + 1, result);
        }
    }
}

/// <summary>A handler that goes to another block, unless the budget is used up.</summary>
internal static unsafe class SingleExit<TExitOp>
    where TExitOp : struct, IExitOp
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            if (TExitOp.FallsThrough(state, op, previous))
            {
                var following = op->NotTaken;
                return following->Run(state, following, previous);
            }

            var next = TExitOp.Next(state, op, previous);
            if (Leave.SpendsLast(state))
                return Leave.OutOfBudget(state, next);
            return next->Run(state, next, previous);
        }
    }
}
