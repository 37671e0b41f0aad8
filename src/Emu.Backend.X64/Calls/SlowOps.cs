using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Ir.Float;

namespace Emu.Backend.X64.Calls;

/// <summary>The ops for which no machine code is emitted, or only for the usual case: exact, from the definitions that everything is compared with.</summary>
internal static unsafe class SlowOps
{
    /// <summary>The result of <see cref="Run"/> if translated code goes on.</summary>
    public const int GoOn = -1;

    /// <summary>The address of <see cref="Run"/>, for machine code.</summary>
    public static nint Entry => (nint)(delegate* unmanaged<VCpuState*, SlowOp*, int>)&Run;

    /// <summary>Does the op; <see cref="GoOn"/>, or the <see cref="ExitReason"/> with which translated code ends.</summary>
    [UnmanagedCallersOnly]
    private static int Run(VCpuState* state, SlowOp* op)
    {
        var a = op->A == SlowOp.IsConstant ? op->AValue : *(ulong*)((byte*)state + op->A);
        var b = op->B == SlowOp.IsConstant ? op->BValue : *(ulong*)((byte*)state + op->B);
        var c = op->C == SlowOp.IsConstant ? op->CValue : *(ulong*)((byte*)state + op->C);
        ulong result;
        switch (op->Op)
        {
            case IrOp.CallHelper:
                result = IrHelpers.FunctionOf(op->Imm)(state, a, b);
                break;
            case >= IrOp.LoadReserved and <= IrOp.AtomicCompareSwapPair:
                if (!Atomics.TryDo(state, op, a, b, c, out result))
                    return Fault(state, op);
                break;
            case (>= IrOp.FloatAdd and <= IrOp.FloatNarrow) or (>= IrOp.FloatMinimum and <= IrOp.FloatToHalf):
                if ((IrRounding)op->Flags == IrRounding.Dynamic && op->Op.HasAny(IrProperties.Flags) && state->RoundingMode > (uint)IrRounding.NearestAway)
                    return IllegalRounding(state, op);
                result = Float(state, op, a, b, c);
                break;
            default:
                if (!IrEvaluator.TryEvaluate(op->Op, a, b, c, out result))
                    Environment.FailFast($"the x64 backend does not know {op->Op}");
                break;
        }

        if (op->D != SlowOp.IsConstant)
            *(ulong*)((byte*)state + op->D) = result;
        return GoOn;
    }

    private static int Fault(VCpuState* state, SlowOp* op)
    {
        state->Position = (void*)op->Record;
        return (int)ExitReason.Fault;
    }

    private static int IllegalRounding(VCpuState* state, SlowOp* op)
    {
        state->Position = (void*)op->Record;
        (state->Pc, state->FaultAddress, state->Cause) = (op->Pc, 0, (int)IrTrap.IllegalInstruction);
        return (int)ExitReason.Trap;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Float(VCpuState* state, SlowOp* op, ulong a, ulong b, ulong c)
    {
        var named = (IrRounding)op->Flags;
        var mode = named == IrRounding.Dynamic ? (IrRounding)state->RoundingMode : named;
        if (!FloatEvaluator.TryEvaluate(op->Op, op->Size, mode, a, b, c, ref state->FloatFlags, out var value))
            Environment.FailFast($"the x64 backend does not know {op->Op} of {op->Size} bytes");
        return value;
    }
}
