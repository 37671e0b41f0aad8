using System.Runtime.CompilerServices;
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
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static nint Load(VCpuState* state, Op* op)
        {
            var address = *(ulong*)((byte*)state + op->A) + op->Imm;
            if (FirstRefused<TMemory>(state, address, 1 << TWidth.Shift, PagePermissions.Read) is var refused && refused != NoneRefused)
                return Leave.Fault(state, op, refused, PagePermissions.Read);
            *(ulong*)((byte*)state + op->D) = TWidth.Load(TMemory.HostAddress(TMemory.Base(state), address));
            return op[1].Run(state, op + 1);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static nint Store<TB>(VCpuState* state, Op* op)
            where TB : struct, ISource
        {
            var address = *(ulong*)((byte*)state + op->A) + op->Imm;
            if (FirstRefused<TMemory>(state, address, 1 << TWidth.Shift, PagePermissions.Write) is var refused && refused != NoneRefused)
                return Leave.Fault(state, op, refused, PagePermissions.Write);
            TWidth.Store(TMemory.HostAddress(TMemory.Base(state), address), TB.Kind == SourceKind.Zero ? 0 : *(ulong*)((byte*)state + op->B));
            return op[1].Run(state, op + 1);
        }
    }

    private const ulong NoneRefused = ulong.MaxValue;

    /// <summary>The first address of an access that is not allowed, or <see cref="NoneRefused"/>. An access touches one or two pages.</summary>
    private static ulong FirstRefused<TPath>(VCpuState* state, ulong address, int length, PagePermissions need)
        where TPath : struct, IMemoryPath
    {
        if (!TPath.Allows(TPath.Base(state), address, 0, need))
            return address == NoneRefused ? address - 1 : address;
        var last = address + (ulong)length - 1;
        return TPath.Allows(TPath.Base(state), last, 0, need) ? NoneRefused : last & ~(ulong)(GuestMemory.PageSize - 1);
    }
}
