using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

// Every handler stands in a nested class named RawCalliHelper. The AOT compiler treats each call through a managed function pointer as possibly
// "fat" (a tagged pointer to code and a generic dictionary) and adds a test and a second, non-tail call; a class of this name
// opts out. Our pointers are never fat: handlers are instantiated over structs only, which share no code. The name changes
// nothing but speed: with the test, a handler needs a frame and takes about twice as long.
//
// A handler that goes on with another one must not be marked NoInlining: the compilers make no tail calls in such methods, as people mark what they
// want to see in stack traces. What the marked method would keep out of the fast paths is too large to be inlined anyway.

/// <summary>A handler that does one micro-op.</summary>
internal static unsafe class Single<TMicroOp>
    where TMicroOp : struct, IMicroOp
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op)
        {
            var address = TMicroOp.Address(state, op, 0);
            if (!TMicroOp.IsInside(address))
                return TMicroOp.Slow(state, op);
            var memory = TMicroOp.Memory(state);
            if (!TMicroOp.IsAllowed(memory, address))
                return TMicroOp.Slow(state, op);
            TMicroOp.Do(state, op, 0, memory, address);
            return op[1].Run(state, op + 1);
        }
    }
}

/// <summary>A handler that goes to another block, unless the budget is used up.</summary>
internal static unsafe class SingleExit<TExitOp>
    where TExitOp : struct, IExitOp
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op)
        {
            var next = TExitOp.Next(state, op, 0);
            if (--state->Budget >= 0)
                return next->Run(state, next);
            return Leave.OutOfBudget(state, next);
        }
    }
}
