using System.Runtime.CompilerServices;
using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Ways out of translated code. Not inlined, so that handlers stay small and frameless.</summary>
internal static unsafe class Leave
{
    /// <summary>In <see cref="Op.C"/> of an exit stub, which names its guest address in <see cref="Op.Pc"/>. No operand has so low an offset.</summary>
    public const ushort StubTag = 1;

    /// <summary>In <see cref="Op.C"/> of the op that answers a miss of the jump cache: <see cref="VCpuState.Pc"/> is already set.</summary>
    public const ushort MissTag = 2;

    /// <summary>Counts a block entry; true if the budget is used up. Read and written apart, which takes the compiler one instruction less than in one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SpendsLast(VCpuState* state)
    {
        var left = state->Budget - 1;
        state->Budget = left;
        return left < 0;
    }

    /// <summary>The budget is used up before <paramref name="next"/>: a block's first op or one of the tagged ops.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint OutOfBudget(VCpuState* state, Op* next)
    {
        if (next->C != MissTag)
            state->Pc = next->C == StubTag ? next->Pc : TranslatedBlock.OfCode(next)->Pc;
        return (nint)ExitReason.Budget;
    }

    /// <summary>A memory access at the op failed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Fault(VCpuState* state, Op* op, ulong address, PagePermissions access)
    {
        state->Position = op;
        state->Pc = op->Pc;
        state->FaultAddress = address;
        state->Cause = (int)access;
        return (nint)ExitReason.Fault;
    }

    /// <summary>An exit that is not linked yet: <see cref="Op.Taken"/> of the stub is the field to patch.</summary>
    public static nint Unlinked(VCpuState* state, Op* op, ulong previous)
    {
        state->Pc = op->Pc;
        state->Position = op;
        return (nint)ExitReason.Link;
    }

    /// <summary>A plugin's callback has set where to go on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Jumped(VCpuState* state)
    {
        state->Jumps = 0;
        return (nint)ExitReason.Lookup;
    }

    /// <summary>An indirect jump missed the jump cache.</summary>
    public static nint Missed(VCpuState* state, Op* op, ulong previous) => (nint)ExitReason.Lookup;

    /// <summary>Stands in ops that only carry operands for the op before them.</summary>
    public static nint NeverEntered(VCpuState* state, Op* op, ulong previous) =>
        throw new InvalidOperationException("threaded code ran into an operand");

    /// <summary>System call; the immediate is the address after it.</summary>
    public static nint Syscall(VCpuState* state, Op* op, ulong previous)
    {
        state->Pc = op->Imm;
        return (nint)ExitReason.Syscall;
    }

    /// <summary>Guest exception; the second operand slot holds its kind.</summary>
    public static nint Trap(VCpuState* state, Op* op, ulong previous)
    {
        state->Position = null;
        state->Pc = op->Pc;
        state->Cause = op->B;
        state->FaultAddress = *(ulong*)((byte*)state + op->A);
        return (nint)ExitReason.Trap;
    }

    /// <summary>The op's rounding mode is the dynamic one, and the guest has set none that exists.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint IllegalRounding(VCpuState* state, Op* op)
    {
        state->Position = op;
        state->Pc = op->Pc;
        state->Cause = (int)IrTrap.IllegalInstruction;
        state->FaultAddress = 0;
        return (nint)ExitReason.Trap;
    }

    /// <summary>An <see cref="IrOp.Exit"/>; the second operand slot holds its action.</summary>
    public static nint Exit(VCpuState* state, Op* op, ulong previous)
    {
        state->Pc = op->Imm;
        state->Cause = op->B;
        return (nint)ExitReason.Exit;
    }
}
