using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Calls;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// The exact way of a floating-point op in cold code: by managed code, where the guest's rounding mode is none of the host's, and where the host's result is not the guest's.
internal sealed unsafe partial class X64Emitter
{
    /// <summary>Begins an op with a slow way; its operands are where they are now until its end. In dynamic rounding, the mode is tested.</summary>
    private int BeginRounded(in IrInsn insn)
    {
        OutOfRax(insn.A);
        OutOfRax(insn.B);
        OutOfRax(insn.C);
        var path = new ColdPath { Kind = ColdKind.SlowFloat, Insn = insn, Pc = _pc, A = Of(insn.A), B = Of(insn.B), C = Of(insn.C) };
        if ((IrRounding)insn.Flags == IrRounding.Dynamic && !_isRoundingKnown)
        {
            _asm.Op(Alu.Cmp, StateWords.At(StateOffsets.RoundingMode), (int)IrRounding.Up, wide: false);
            path.Site = _asm.Jcc(Cond.Above);
        }

        return AddCold(path);
    }

    /// <summary>The guest's rounding mode is one of the host's in all of the block.</summary>
    private bool _isRoundingKnown;

    /// <summary>
    /// A trace tests the rounding mode at its entry alone, if nothing in it can change the mode; where it is none of the host's, the block runs whose place the trace took.
    /// </summary>
    private void TestRounding()
    {
        _isRoundingKnown = false;
        if (_ir.Untraced == 0)
            return;
        foreach (ref readonly var insn in _ir.Insns)
        {
            if (insn.Op.Has(IrProperties.Calls))
            {
                _isRoundingKnown = false;
                return;
            }

            _isRoundingKnown |= insn.Op.Has(IrProperties.Flags) && (IrRounding)insn.Flags == IrRounding.Dynamic;
        }

        if (!_isRoundingKnown)
            return;
        _asm.Op(Alu.Cmp, StateWords.At(StateOffsets.RoundingMode), (int)IrRounding.Up, wide: false);
        _asm.Jcc(Cond.Above, _code.ToWritable((byte*)_ir.Untraced));
    }

    private void OutOfRax(IrValue value)
    {
        if (value.IsGlobal)
            OutOfRax();
        else if (value.IsTemp && Of(value).Is(Reg.Rax))
            _asm.Mov(_temps.Move(value).Mem, Reg.Rax);
    }

    /// <summary>The op's result is in its place: the slow way comes back here.</summary>
    private void EndRounded(int index, Place target)
    {
        var path = _coldPaths[index];
        path.D = target;
        _coldPaths[index] = path;
        ReturnsHere(index, wide: true);
    }

    /// <summary>Another jump to the slow way.</summary>
    private void ShareSlow(int index, int slow)
    {
        var path = _coldPaths[slow];
        path.Site = _coldPaths[index].Site;
        _coldPaths[index] = path;
    }

    private void EmitSlowFloat(in ColdPath path)
    {
        _cold.Align(16);
        var record = (SlowOp*)_cold.At;
        _cold.At += sizeof(SlowOp);
        *record = new SlowOp { Op = path.Insn.Op, Size = path.Insn.Size, Flags = path.Insn.Flags, Pc = path.Pc, Record = _record };
        Asm.Aim(path.Site, _cold.At);
        for (var i = 0; i < Temps.Registers.Length; i++)
            _cold.Movs(StateWords.At(_savedTemps + i * sizeof(ulong)), Temps.Registers[i], wide: true);
        LeaveLoop(_cold);
        (record->A, record->AValue) = ColdOperand(path.Insn.A, path.A, StateWords.Scratch);
        (record->B, record->BValue) = ColdOperand(path.Insn.B, path.B, StateWords.OtherScratch);
        (record->C, record->CValue) = ColdOperand(path.Insn.C, path.C, StateWords.FaultRax);
        record->D =
            path.Insn.Dst.IsGlobal ? path.Insn.Dst.Index :
            path.D.Kind == PlaceKind.None ? SlowOp.IsConstant :
            path.D.IsState ? path.D.Offset :
            StateWords.Scratch;
        _cold.Lea(Reg.Rax, Mem.Of((byte*)record));
        _cold.Call(Stubs.SlowOp);
        ReenterLoop(_cold);
        for (var i = 0; i < Temps.Registers.Length; i++)
            _cold.Movs(Temps.Registers[i], StateWords.At(_savedTemps + i * sizeof(ulong)), wide: true);
        if (!path.Insn.Dst.IsGlobal && path.D.IsVector)
            _cold.Movs(path.D.Vector, StateWords.At(StateWords.Scratch), wide: true);
        else if (!path.Insn.Dst.IsGlobal && path.D.IsGeneral)
            _cold.Mov(path.D.General, StateWords.At(StateWords.Scratch));
        _cold.Jmp(path.Return);
    }

    private (int Offset, ulong Value) ColdOperand(IrValue value, Place place, int scratch)
    {
        if (value.IsGlobal)
            return (value.Index, 0);
        if (place.IsState)
            return (place.Offset, 0);
        if (!place.IsVector)
            return (SlowOp.IsConstant, place.Value);
        StoreVector(_cold, Place.In(scratch), place);
        return (scratch, 0);
    }
}
