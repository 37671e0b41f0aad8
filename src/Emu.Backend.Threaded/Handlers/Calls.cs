using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Calls a guest's helper function.</summary>
internal static unsafe class CallHelper
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op)
        {
            var bytes = (byte*)state;
            var helper = (delegate*<void*, ulong, ulong, ulong>)op->Imm;
            *(ulong*)(bytes + op->D) = helper(state, *(ulong*)(bytes + op->A), *(ulong*)(bytes + op->B));
            return op[1].Run(state, op + 1);
        }
    }
}

/// <summary>Full memory barrier.</summary>
internal static unsafe class Fence
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op)
        {
            Interlocked.MemoryBarrier();
            return op[1].Run(state, op + 1);
        }
    }
}
