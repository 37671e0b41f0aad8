using System.Runtime.CompilerServices;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Engine.Memory;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Compare-and-swap of 16 aligned bytes with two pairs of registers, whose offsets are the halves of the op's immediate.</summary>
internal static unsafe class AtomicPair<TMemory>
    where TMemory : struct, IMemoryPath
{
    private const int Shift = 4;

    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var address = *(ulong*)((byte*)state + op->A);
            if (!TMemory.IsInside(address, Shift) || !TMemory.IsAllowed(TMemory.Base(state), address, PagePermissions.Write))
                return Leave.Fault(state, op, address, PagePermissions.Write);
            Exchange(TMemory.HostAddress(TMemory.Base(state), address), (byte*)state + (uint)op->Imm, (byte*)state + (op->Imm >> 32));
            return op[1].Run(state, op + 1, previous);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Exchange(byte* host, byte* expected, byte* stored) =>
        WideExchange.CompareExchange(host, (ulong*)expected, ((ulong*)stored)[0], ((ulong*)stored)[1]);
}
