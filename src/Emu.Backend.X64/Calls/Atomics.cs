using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.X64.Calls;

/// <summary>Atomic accesses (Unpriv. ISA 14): guest atomics are host atomics; the address must be aligned.</summary>
internal static unsafe class Atomics
{
    /// <summary>Does the op; false if it faults, which the state block then tells.</summary>
    public static bool TryDo(VCpuState* state, SlowOp* op, ulong address, ulong operand, ulong expected, out ulong result)
    {
        result = 0;
        var need = op->Op == IrOp.LoadReserved ? PagePermissions.Read : PagePermissions.Write;
        var size = op->Op == IrOp.AtomicCompareSwapPair ? 16 : op->Size;
        var isAligned = (address & (ulong)(size - 1)) == 0;
        // A store-conditional without a reservation, or whose value has changed, fails before it asks for the right to write.
        var hasReservation = op->Op != IrOp.StoreConditional || (isAligned && Holds(state, address, size));
        if (!isAligned || (hasReservation && !Allows(state, address, size, need)))
        {
            (state->Pc, state->FaultAddress, state->Cause) = (op->Pc, address, (int)need);
            return false;
        }

        var host = state->Memory + address;
        result = op->Op switch
        {
            IrOp.LoadReserved => Reserve(state, address, Read(host, op->Size)),
            IrOp.StoreConditional => Store(state, host, op->Size, hasReservation, operand),
            IrOp.AtomicCompareSwap => CompareExchange(host, op->Size, operand, Extend(expected, op->Size)),
            IrOp.AtomicCompareSwapPair => ExchangePair(state, host, op->Imm),
            _ => Modify(op->Op, host, op->Size, Extend(operand, op->Size)),
        };
        return true;
    }

    private static bool Holds(VCpuState* state, ulong address, int size) =>
        state->ReservationAddress == address
        && (!Allows(state, address, size, PagePermissions.Read) || Read(state->Memory + address, size) == Extend(state->ReservationValue, size));

    /// <summary>What the table refuses may be allowed all the same: a store to a page of translated code.</summary>
    private static bool Allows(VCpuState* state, ulong address, int size, PagePermissions need) =>
        address < GuestMemory.Size
        && ((((PagePermissions)state->Memory[(long)(address >> GuestMemory.PageBits) + GuestMemory.PermissionTable]) & need) != 0
            || (VCpuContext.Current is { } vcpu && vcpu.TryReach(address, size, need)));

    private static ulong Reserve(VCpuState* state, ulong address, ulong value)
    {
        (state->ReservationAddress, state->ReservationValue) = (address, value);
        return value;
    }

    /// <summary>Succeeds if the reserved address still holds the reserved value: the value may have changed and changed back meanwhile.</summary>
    private static ulong Store(VCpuState* state, byte* host, int size, bool hasReservation, ulong value)
    {
        state->ReservationAddress = VCpuState.NoReservation;
        var expected = Extend(state->ReservationValue, size);
        return hasReservation && CompareExchange(host, size, value, expected) == expected ? 0UL : 1UL;
    }

    private static ulong ExchangePair(VCpuState* state, byte* host, long offsets)
    {
        var stored = (ulong*)((byte*)state + (offsets >> 32));
        WideExchange.CompareExchange(host, (ulong*)((byte*)state + (uint)offsets), stored[0], stored[1]);
        return 0;
    }

    private static ulong Modify(IrOp op, byte* host, int size, ulong operand)
    {
        while (true)
        {
            var old = Read(host, size);
            if (CompareExchange(host, size, Combine(op, old, operand), old) == old)
                return old;
        }
    }

    /// <summary>Both values are sign-extended, which keeps the order of signed and of unsigned numbers.</summary>
    private static ulong Combine(IrOp op, ulong old, ulong operand) => op switch
    {
        IrOp.AtomicSwap => operand,
        IrOp.AtomicAdd => old + operand,
        IrOp.AtomicAnd => old & operand,
        IrOp.AtomicOr => old | operand,
        IrOp.AtomicXor => old ^ operand,
        IrOp.AtomicMinSigned => (ulong)Math.Min((long)old, (long)operand),
        IrOp.AtomicMaxSigned => (ulong)Math.Max((long)old, (long)operand),
        IrOp.AtomicMinUnsigned => Math.Min(old, operand),
        _ => Math.Max(old, operand),
    };

    private static ulong Read(byte* host, int size) => size switch
    {
        1 => (ulong)(sbyte)Volatile.Read(ref *host),
        2 => (ulong)Volatile.Read(ref *(short*)host),
        4 => (ulong)Volatile.Read(ref *(int*)host),
        _ => Volatile.Read(ref *(ulong*)host),
    };

    private static ulong CompareExchange(byte* host, int size, ulong value, ulong expected) => size switch
    {
        1 => (ulong)(sbyte)Interlocked.CompareExchange(ref *host, (byte)value, (byte)expected),
        2 => (ulong)Interlocked.CompareExchange(ref *(short*)host, (short)value, (short)expected),
        4 => (ulong)Interlocked.CompareExchange(ref *(int*)host, (int)value, (int)expected),
        _ => Interlocked.CompareExchange(ref *(ulong*)host, value, expected),
    };

    private static ulong Extend(ulong value, int size) => size switch
    {
        1 => (ulong)(sbyte)value,
        2 => (ulong)(short)value,
        4 => (ulong)(int)value,
        _ => value,
    };
}
