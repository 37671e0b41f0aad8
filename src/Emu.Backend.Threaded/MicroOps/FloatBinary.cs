using System.Runtime.CompilerServices;
using Emu.Backend.Threaded.Handlers;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>
/// A floating-point op of two operands in the rounding mode that the guest set. Its host result goes where accesses have their address: the handler tests
/// whether it is ordinary, and goes the long way if not.
/// </summary>
internal readonly unsafe struct FloatBinary<TFloatOp, TA, TB> : IMicroOp
    where TFloatOp : struct, IFusedFloatOp
    where TA : struct, ISource
    where TB : struct, ISource
{
    /// <summary>What no host result is that can be trusted.</summary>
    private const ulong NotOrdinary = 0;

    public static OpKey Key => OpKey.Of(TFloatOp.Op, 0, TA.Kind, TB.Kind);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(VCpuState* state, Op* op, ulong previous) =>
        DynamicRounding.TrustsHost(state, op) ? TFloatOp.Host(TA.First(state, op, previous), TB.Second(state, op, previous), 0) : NotOrdinary;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInside(ulong address) => TFloatOp.IsOrdinary(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(VCpuState* state, Op* op, ulong previous, byte* memory, ulong address)
    {
        *(ulong*)((byte*)state + op->D) = address;
        return address;
    }

    public static nint Slow(VCpuState* state, Op* op, ulong previous) => CalledFloat<TFloatOp, DynamicRounding>.RawCalliHelper.Run(state, op, previous);
}
