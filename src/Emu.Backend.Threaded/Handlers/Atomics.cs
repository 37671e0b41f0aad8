using System.Numerics;
using System.Runtime.CompilerServices;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Width of an atomic access as a type; the values are sign-extended.</summary>
internal unsafe interface IAtomicWidth
{
    static abstract int Shift { get; }

    static abstract ulong Read(byte* host);

    /// <summary>The value in memory before; it was replaced if it equals <paramref name="expected"/>.</summary>
    static abstract ulong CompareExchange(byte* host, ulong value, ulong expected);

    /// <summary>The value reduced to this width, sign-extended.</summary>
    static abstract ulong Extend(ulong value);

    /// <summary>The value reduced to this width, zero-extended.</summary>
    static abstract ulong Unsigned(ulong value);
}

internal readonly unsafe struct AtomicByte : IAtomicWidth
{
    public static int Shift => 0;
    public static ulong Read(byte* host) => (ulong)(sbyte)Volatile.Read(ref *host);
    public static ulong CompareExchange(byte* host, ulong value, ulong expected) =>
        (ulong)(sbyte)Interlocked.CompareExchange(ref *host, (byte)value, (byte)expected);
    public static ulong Extend(ulong value) => (ulong)(sbyte)value;
    public static ulong Unsigned(ulong value) => (byte)value;
}

internal readonly unsafe struct AtomicHalf : IAtomicWidth
{
    public static int Shift => 1;
    public static ulong Read(byte* host) => (ulong)Volatile.Read(ref *(short*)host);
    public static ulong CompareExchange(byte* host, ulong value, ulong expected) =>
        (ulong)Interlocked.CompareExchange(ref *(short*)host, (short)value, (short)expected);
    public static ulong Extend(ulong value) => (ulong)(short)value;
    public static ulong Unsigned(ulong value) => (ushort)value;
}

internal readonly unsafe struct Narrow : IAtomicWidth
{
    public static int Shift => 2;
    public static ulong Read(byte* host) => (ulong)Volatile.Read(ref *(int*)host);
    public static ulong CompareExchange(byte* host, ulong value, ulong expected) =>
        (ulong)Interlocked.CompareExchange(ref *(int*)host, (int)value, (int)expected);
    public static ulong Extend(ulong value) => (ulong)(int)value;
    public static ulong Unsigned(ulong value) => (uint)value;
}

internal readonly unsafe struct Wide : IAtomicWidth
{
    public static int Shift => 3;
    public static ulong Read(byte* host) => Volatile.Read(ref *(ulong*)host);
    public static ulong CompareExchange(byte* host, ulong value, ulong expected) =>
        Interlocked.CompareExchange(ref *(ulong*)host, value, expected);
    public static ulong Extend(ulong value) => value;
    public static ulong Unsigned(ulong value) => value;
}

/// <summary>What an atomic read-modify-write stores, from the old value and the operand, both sign-extended.</summary>
internal interface IAtomicOp
{
    static abstract ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth;
}

internal readonly struct SwapOp : IAtomicOp { public static ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth => operand; }
internal readonly struct AddOp : IAtomicOp { public static ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth => old + operand; }
internal readonly struct AndOp : IAtomicOp { public static ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth => old & operand; }
internal readonly struct OrOp : IAtomicOp { public static ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth => old | operand; }
internal readonly struct XorOp : IAtomicOp { public static ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth => old ^ operand; }
internal readonly struct MinSignedOp : IAtomicOp { public static ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth => (ulong)Math.Min((long)old, (long)operand); }
internal readonly struct MaxSignedOp : IAtomicOp { public static ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth => (ulong)Math.Max((long)old, (long)operand); }
internal readonly struct MinUnsignedOp : IAtomicOp { public static ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth => Math.Min(TWidth.Unsigned(old), TWidth.Unsigned(operand)); }
internal readonly struct MaxUnsignedOp : IAtomicOp { public static ulong Apply<TWidth>(ulong old, ulong operand) where TWidth : struct, IAtomicWidth => Math.Max(TWidth.Unsigned(old), TWidth.Unsigned(operand)); }

/// <summary>Atomic accesses (Unpriv. ISA 14): guest atomics are host atomics; the address must be aligned.</summary>
internal static unsafe class Atomics<TMemory, TWidth>
    where TMemory : struct, IMemoryPath
    where TWidth : struct, IAtomicWidth
{
    public static nint HandlerOf(IrOp op) => (nint)(op switch
    {
        IrOp.LoadReserved => (Handler)(&RawCalliHelper.LoadReserved),
        IrOp.StoreConditional => &RawCalliHelper.StoreConditional,
        IrOp.AtomicSwap => &RawCalliHelper.Modify<SwapOp>,
        IrOp.AtomicAdd => &RawCalliHelper.Modify<AddOp>,
        IrOp.AtomicAnd => &RawCalliHelper.Modify<AndOp>,
        IrOp.AtomicOr => &RawCalliHelper.Modify<OrOp>,
        IrOp.AtomicXor => &RawCalliHelper.Modify<XorOp>,
        IrOp.AtomicMinSigned => &RawCalliHelper.Modify<MinSignedOp>,
        IrOp.AtomicMaxSigned => &RawCalliHelper.Modify<MaxSignedOp>,
        IrOp.AtomicMinUnsigned => &RawCalliHelper.Modify<MinUnsignedOp>,
        IrOp.AtomicMaxUnsigned => &RawCalliHelper.Modify<MaxUnsignedOp>,
        IrOp.AtomicCompareSwap => &RawCalliHelper.CompareSwap,
        _ => throw new InvalidOperationException($"{op} is not atomic"),
    });

    private static class RawCalliHelper
    {
        public static nint LoadReserved(VCpuState* state, Op* op, ulong previous)
        {
            var address = *(ulong*)((byte*)state + op->A);
            if (!Allows(state, address, PagePermissions.Read))
                return Leave.Fault(state, op, address, PagePermissions.Read);
            var value = TWidth.Read(TMemory.HostAddress(TMemory.Base(state), address));
            state->ReservationAddress = address;
            state->ReservationValue = value;
            *(ulong*)((byte*)state + op->D) = value;
            return op[1].Run(state, op + 1, value);
        }

        /// <summary>
        /// Succeeds if the reserved address still holds the reserved value: the value may have changed and changed back meanwhile. Without a
        /// reservation it fails before it looks at the page, and where the value has changed before it asks for the right to write.
        /// </summary>
        public static nint StoreConditional(VCpuState* state, Op* op, ulong previous)
        {
            var address = *(ulong*)((byte*)state + op->A);
            var reserved = state->ReservationAddress == address;
            var expected = TWidth.Extend(state->ReservationValue);
            if (reserved && HasChanged(state, address, expected))
                reserved = false;
            if (reserved ? !Allows(state, address, PagePermissions.Write) : BitOperations.TrailingZeroCount(address) < TWidth.Shift)
                return Leave.Fault(state, op, address, PagePermissions.Write);
            state->ReservationAddress = VCpuState.NoReservation;
            var stored = reserved
                && TWidth.CompareExchange(TMemory.HostAddress(TMemory.Base(state), address), *(ulong*)((byte*)state + op->B), expected) == expected;
            var failed = stored ? 0UL : 1UL;
            *(ulong*)((byte*)state + op->D) = failed;
            return op[1].Run(state, op + 1, failed);
        }

        public static nint CompareSwap(VCpuState* state, Op* op, ulong previous)
        {
            var bytes = (byte*)state;
            var address = *(ulong*)(bytes + op->A);
            if (!Allows(state, address, PagePermissions.Write))
                return Leave.Fault(state, op, address, PagePermissions.Write);
            var old = TWidth.CompareExchange(
                TMemory.HostAddress(TMemory.Base(state), address), *(ulong*)(bytes + op->B), TWidth.Extend(*(ulong*)(bytes + op->C)));
            *(ulong*)(bytes + op->D) = old;
            return op[1].Run(state, op + 1, old);
        }

        public static nint Modify<TAtomicOp>(VCpuState* state, Op* op, ulong previous)
            where TAtomicOp : struct, IAtomicOp
        {
            var address = *(ulong*)((byte*)state + op->A);
            if (!Allows(state, address, PagePermissions.Write))
                return Leave.Fault(state, op, address, PagePermissions.Write);
            var old = Exchange<TAtomicOp>(TMemory.HostAddress(TMemory.Base(state), address), TWidth.Extend(*(ulong*)((byte*)state + op->B)));
            *(ulong*)((byte*)state + op->D) = old;
            return op[1].Run(state, op + 1, old);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Exchange<TAtomicOp>(byte* host, ulong operand)
        where TAtomicOp : struct, IAtomicOp
    {
        while (true)
        {
            var old = TWidth.Read(host);
            if (TWidth.CompareExchange(host, TAtomicOp.Apply<TWidth>(old, operand), old) == old)
                return old;
        }
    }

    /// <summary>False also where nobody may look.</summary>
    private static bool HasChanged(VCpuState* state, ulong address, ulong expected) =>
        Allows(state, address, PagePermissions.Read) && TWidth.Read(TMemory.HostAddress(TMemory.Base(state), address)) != expected;

    private static bool Allows(VCpuState* state, ulong address, PagePermissions need) =>
        TMemory.IsInside(address, TWidth.Shift)
        && (TMemory.IsAllowed(TMemory.Base(state), address, need) || TMemory.TryReach(address, 1 << TWidth.Shift, need));
}
