using System.Runtime.CompilerServices;
using Emu.Backend.Threaded.Handlers;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>A load; the address is the first operand plus the immediate.</summary>
internal readonly unsafe struct Load<TMemory, TWidth, TA> : IMicroOp
    where TMemory : struct, IMemoryPath
    where TWidth : struct, IWidth
    where TA : struct, ISource
{
    public static OpKey Key => OpKey.Of(IrOp.Load, TWidth.Variant, TA.Kind, SourceKind.Immediate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFast(VCpuState* state, Op* op, ulong previous) =>
        TMemory.Allows(state, TA.First(state, op, previous) + op->Imm, TWidth.Shift, PagePermissions.Read);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(VCpuState* state, Op* op, ulong previous)
    {
        var result = TWidth.Load(TMemory.HostAddress(state, TA.First(state, op, previous) + op->Imm));
        *(ulong*)((byte*)state + op->D) = result;
        return result;
    }

    public static nint Slow(VCpuState* state, Op* op) => SlowAccess<TMemory, TWidth>.RawCalliHelper.Load(state, op);
}

/// <summary>A store of the second operand; the address is the first operand plus the immediate.</summary>
internal readonly unsafe struct Store<TMemory, TWidth, TA, TB> : IMicroOp
    where TMemory : struct, IMemoryPath
    where TWidth : struct, IWidth
    where TA : struct, ISource
    where TB : struct, ISource
{
    public static OpKey Key => OpKey.Of(IrOp.Store, TWidth.Variant, TA.Kind, TB.Kind);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFast(VCpuState* state, Op* op, ulong previous) =>
        TMemory.Allows(state, TA.First(state, op, previous) + op->Imm, TWidth.Shift, PagePermissions.Write);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(VCpuState* state, Op* op, ulong previous)
    {
        TWidth.Store(TMemory.HostAddress(state, TA.First(state, op, previous) + op->Imm), TB.Second(state, op, previous));
        return 0;
    }

    public static nint Slow(VCpuState* state, Op* op) => SlowAccess<TMemory, TWidth>.RawCalliHelper.Store<TB>(state, op);
}
