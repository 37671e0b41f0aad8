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
    public static byte* Memory(VCpuState* state) => TMemory.Base(state);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(VCpuState* state, Op* op, ulong previous) => TA.First(state, op, previous) + op->Imm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInside(ulong address) => TMemory.IsInside(address, TWidth.Shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAllowed(byte* memory, ulong address) => TMemory.IsAllowed(memory, address, PagePermissions.Read);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(VCpuState* state, Op* op, ulong previous, byte* memory, ulong address)
    {
        var result = TWidth.Load(TMemory.HostAddress(memory, address));
        *(ulong*)((byte*)state + op->D) = result;
        return result;
    }

    public static nint Slow(VCpuState* state, Op* op, ulong previous) => SlowAccess<TMemory, TWidth>.RawCalliHelper.Load(state, op, previous);
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
    public static byte* Memory(VCpuState* state) => TMemory.Base(state);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(VCpuState* state, Op* op, ulong previous) => TA.First(state, op, previous) + op->Imm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInside(ulong address) => TMemory.IsInside(address, TWidth.Shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAllowed(byte* memory, ulong address) => TMemory.IsAllowed(memory, address, PagePermissions.Write);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(VCpuState* state, Op* op, ulong previous, byte* memory, ulong address)
    {
        TWidth.Store(TMemory.HostAddress(memory, address), TB.Second(state, op, previous));
        return previous;
    }

    public static nint Slow(VCpuState* state, Op* op, ulong previous) => SlowAccess<TMemory, TWidth>.RawCalliHelper.Store<TB>(state, op, previous);
}
