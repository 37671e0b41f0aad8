using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>The only pure op of three operands.</summary>
internal static unsafe class Select
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op)
        {
            var bytes = (byte*)state;
            *(ulong*)(bytes + op->D) = Ir.Values.Select.Apply(*(ulong*)(bytes + op->A), *(ulong*)(bytes + op->B), *(ulong*)(bytes + op->C));
            return op[1].Run(state, op + 1);
        }
    }
}
