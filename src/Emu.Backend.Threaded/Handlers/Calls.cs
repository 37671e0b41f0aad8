using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Calls a guest's helper function.</summary>
internal static unsafe class CallHelper
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var bytes = (byte*)state;
            var helper = (delegate*<void*, ulong, ulong, ulong>)op->Imm;
            var result = helper(state, *(ulong*)(bytes + op->A), *(ulong*)(bytes + op->B));
            *(ulong*)(bytes + op->D) = result;
            return op[1].Run(state, op + 1, result);
        }
    }
}

/// <summary>Full memory barrier.</summary>
internal static unsafe class Fence
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            Interlocked.MemoryBarrier();
            return op[1].Run(state, op + 1, previous);
        }
    }
}
