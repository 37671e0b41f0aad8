using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// Where floating-point values are, and how they get there.
internal sealed unsafe partial class X64Emitter
{
    /// <summary>By vector register: it is known to hold a NaN-boxed 32-bit number.</summary>
    private readonly bool[] _boxed = new bool[16];

    private void ForgetBoxed() => Array.Clear(_boxed);

    /// <summary>Where the result of a floating-point op is to be.</summary>
    private Place FloatTarget(IrValue value, bool wide)
    {
        switch (value.Kind)
        {
            case IrValueKind.Global:
                var place = _places.PlaceOf(value.Index);
                ForgetTested(value);
                if (place.IsVector)
                    _boxed[(int)place.Vector] = false;
                return place;
            case IrValueKind.Temp when _temps.LastUseOf(value) > _index:
                return _temps.Float(value, isNarrow: !wide);
            default:
                return default;
        }
    }

    /// <summary>Brings a result from the register where it was computed to its place; a 32-bit one is zero-extended where all bits count.</summary>
    private void FinishFloat(Place target, Xmm result, bool wide)
    {
        switch (target.Kind)
        {
            case PlaceKind.Vector when wide || target.IsNarrow:
                _asm.Mova(target.Vector, result);
                break;
            case PlaceKind.Vector:
                _asm.Mov(Reg.Rax, result, wide: false);
                _asm.Mov(target.Vector, Reg.Rax, wide: true);
                break;
            case PlaceKind.State:
                StoreVector(_asm, target, Place.Of(result, !wide));
                break;
            case PlaceKind.General:
                _asm.Mov(target.General, result, wide);
                break;
        }
    }

    /// <summary>A value as a vector register: its own, or <paramref name="scratch"/>. May use rdx.</summary>
    private Xmm ToVector(Place value, Xmm scratch, bool wide)
    {
        if (value.IsVector && !(wide && value.IsNarrow))
            return value.Vector;
        LoadVector(scratch, value, wide);
        return scratch;
    }

    private void LoadVector(Xmm register, Place value, bool wide)
    {
        switch (value.Kind)
        {
            case PlaceKind.Vector when !(wide && value.IsNarrow):
                _asm.Mova(register, value.Vector);
                break;
            case PlaceKind.State:
                _asm.Movs(register, value.Mem, wide);
                break;
            case PlaceKind.Constant when value.Value == 0:
                _asm.Op(Bits.Xor, register, register, register);
                break;
            default:
                _asm.Mov(register, ToRegister(value, Reg.Rdx), wide);
                break;
        }
    }

    /// <summary>Stores all 64 bits of a value in a vector register.</summary>
    private static void StoreVector(Asm asm, Place target, Place value)
    {
        asm.Movs(target.Mem, value.Vector, wide: !value.IsNarrow);
        if (value.IsNarrow)
            asm.Mov(StateWords.At(target.Offset + 4), 0, wide: false);
    }

    private void EmitNanBox(in IrInsn insn)
    {
        var value = ToVector(Of(insn.A), First, wide: false);
        var target = FloatTarget(insn.Dst, wide: true);
        var result = target.IsVector ? target.Vector : First;
        _asm.Op(Bits.Or, result, value, Mem.Of(Stubs.Constants.Box));
        FinishFloat(target, result, wide: true);
        if (insn.Dst.IsGlobal && target.IsVector)
            _boxed[(int)target.Vector] = true;
    }

    /// <summary>The 32 bits of a register, if all above them are 1; else the canonical NaN.</summary>
    private void EmitNanUnbox(in IrInsn insn)
    {
        var a = Of(insn.A);
        if (a.IsVector && !a.IsNarrow && _boxed[(int)a.Vector] && insn.Dst.IsTemp && StaysUntil(insn.A, _temps.LastUseOf(insn.Dst)))
        {
            _temps.Put(insn.Dst, Place.Of(a.Vector, isNarrow: true));
            return;
        }

        var value = First;
        if (a.IsState)
        {
            _asm.Op(Alu.Cmp, StateWords.At(a.Offset + 4), -1, wide: false);
        }
        else
        {
            value = ToVector(a, First, wide: true);
            _asm.UpperHalf(Reg.Rax, value);
            _asm.Op(Alu.Cmp, Reg.Rax, -1, wide: false);
        }

        var path = AddCold(new ColdPath { Kind = ColdKind.CanonicalNaN, Site = _asm.Jcc(Cond.NotEqual), A = Place.Of(Second) });
        if (a.IsState)
            _asm.Movs(Second, a.Mem, wide: false);
        else
            _asm.Mova(Second, value);
        ReturnsHere(path, wide: false);
        FinishFloat(FloatTarget(insn.Dst, wide: false), Second, wide: false);
    }

    /// <summary>True if nobody writes the guest register before the instruction at that index has run.</summary>
    private bool StaysUntil(IrValue global, int last)
    {
        for (var i = _index + 1; i <= last; i++)
            if (_ir.Insns[i].Op.Has(IrProperties.Calls) || (i < last && _ir.Insns[i].Dst == global))
                return false;
        return global.IsGlobal;
    }

    /// <summary>Bitwise ops on values in vector registers, such as changes of the sign.</summary>
    private bool TryEmitBits(in IrInsn insn, Bits op)
    {
        var (a, b) = (Of(insn.A), Of(insn.B));
        if (b.IsVector && !a.IsVector)
            (a, b) = (b, a);
        if (!a.IsVector || a.IsNarrow || b.IsNarrow)
            return false;
        var constant = b.IsConstant ? Stubs.Constants.Find(b.Value) : null;
        if (constant is null)
            LoadVector(Second, b, wide: true);
        var target = FloatTarget(insn.Dst, wide: true);
        var result = target.IsVector ? target.Vector : First;
        if (constant is not null)
            _asm.Op(op, result, a.Vector, Mem.Of(constant));
        else
            _asm.Op(op, result, a.Vector, Second);
        FinishFloat(target, result, wide: true);
        return true;
    }

    private bool TryEmitVectorMov(in IrInsn insn, Place a)
    {
        if (!insn.Dst.IsGlobal)
            return false;
        var target = _places.PlaceOf(insn.Dst.Index);
        if (!target.IsVector && !(a.IsVector && target.IsState))
            return false;
        if (target.IsVector)
            _boxed[(int)target.Vector] = a.IsVector && _boxed[(int)a.Vector];
        ForgetTested(insn.Dst);
        if (target.IsState)
            StoreVector(_asm, target, a);
        else if (a.IsNarrow)
            FinishFloat(target, a.Vector, wide: false);
        else
            LoadVector(target.Vector, a, wide: true);
        return true;
    }
}
