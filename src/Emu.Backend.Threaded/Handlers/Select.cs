using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>The only pure op of three operands.</summary>
internal static unsafe class Select
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var bytes = (byte*)state;
            var result = Ir.Values.Select.Apply(*(ulong*)(bytes + op->A), *(ulong*)(bytes + op->B), *(ulong*)(bytes + op->C));
            *(ulong*)(bytes + op->D) = result;
            return op[1].Run(state, op + 1, result);
        }
    }
}
