using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Engine.Memory;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>How many ops a handler does, as a type.</summary>
internal interface ILength
{
    static abstract int Value { get; }
}

internal readonly struct Two : ILength { public static int Value => 2; }
internal readonly struct Three : ILength { public static int Value => 3; }
internal readonly struct Four : ILength { public static int Value => 4; }

/// <summary>
/// A handler of loads, or stores, in a row that are alike and have the same base, as functions save and restore registers and copy structures: one test of
/// bounds and permission for all. Displacements rise or fall by multiples of the width, so that all accesses lie between the first and the last. If
/// these are not on one page, or the first is misaligned or not allowed, the ops go their own ways, one after the other.
/// </summary>
internal static unsafe class AccessRun<TAccess, TLength>
    where TAccess : struct, IMicroOp
    where TLength : struct, ILength
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var address = TAccess.Address(state, op, previous);
            var origin = address - op->Imm;
            if (!TAccess.IsInside(address) || (address ^ (origin + op[TLength.Value - 1].Imm)) >= GuestMemory.PageSize)
                return Single<TAccess>.RawCalliHelper.Run(state, op, previous);
            var memory = TAccess.Memory(state);
            if (!TAccess.IsAllowed(memory, address))
                return Single<TAccess>.RawCalliHelper.Run(state, op, previous);
            var last = TAccess.Do(state, op, previous, memory, address);
            last = TAccess.Do(state, op + 1, last, memory, origin + op[1].Imm);
            if (TLength.Value > 2)
                last = TAccess.Do(state, op + 2, last, memory, origin + op[2].Imm);
            if (TLength.Value > 3)
                last = TAccess.Do(state, op + 3, last, memory, origin + op[3].Imm);
            return op[TLength.Value].Run(state, op + TLength.Value, last);
        }
    }
}
