using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Engine.Memory;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Accesses that are misaligned, or not allowed: page by page, then done or reported.</summary>
internal static unsafe class SlowAccess<TMemory, TWidth>
    where TMemory : struct, IMemoryPath
    where TWidth : struct, IWidth
{
    internal static class RawCalliHelper
    {
        public static nint Load(VCpuState* state, Op* op, ulong previous)
        {
            var address = *(ulong*)((byte*)state + op->A) + op->Imm;
            var refused = FirstRefused<TMemory>(state, address, 1 << TWidth.Shift, PagePermissions.Read);
            if (refused >= 0)
                return Leave.Fault(state, op, address + (ulong)refused, PagePermissions.Read);
            var result = TWidth.Load(TMemory.HostAddress(TMemory.Base(state), address));
            *(ulong*)((byte*)state + op->D) = result;
            return op[1].Run(state, op + 1, result);
        }

        public static nint Store<TB>(VCpuState* state, Op* op, ulong previous)
            where TB : struct, ISource
        {
            var address = *(ulong*)((byte*)state + op->A) + op->Imm;
            var refused = FirstRefused<TMemory>(state, address, 1 << TWidth.Shift, PagePermissions.Write);
            if (refused >= 0)
                return Leave.Fault(state, op, address + (ulong)refused, PagePermissions.Write);
            TWidth.Store(TMemory.HostAddress(TMemory.Base(state), address), TB.Kind == SourceKind.Zero ? 0 : *(ulong*)((byte*)state + op->B));
            return op[1].Run(state, op + 1, previous);
        }
    }

    /// <summary>
    /// The offset of the first byte of an access that is not allowed, or -1. An access touches one or two pages.
    /// </summary>
    private static int FirstRefused<TPath>(VCpuState* state, ulong address, int length, PagePermissions need)
        where TPath : struct, IMemoryPath
    {
        var inFirst = Math.Min(length, GuestMemory.PageSize - (int)(address & (GuestMemory.PageSize - 1)));
        if (!Allows<TPath>(state, address, inFirst, need))
            return 0;
        return inFirst == length || Allows<TPath>(state, address + (ulong)inFirst, length - inFirst, need) ? -1 : inFirst;
    }

    private static bool Allows<TPath>(VCpuState* state, ulong address, int length, PagePermissions need)
        where TPath : struct, IMemoryPath =>
        TPath.IsInside(address, 0) && (TPath.IsAllowed(TPath.Base(state), address, need) || TPath.TryReach(address, length, need));
}
