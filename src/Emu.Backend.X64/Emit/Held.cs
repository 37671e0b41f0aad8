using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// What rax and the flags hold between two ops: results that the next op takes from there.
internal sealed unsafe partial class X64Emitter
{
    private const int NoSlot = -1;

    private readonly Demand _demand = new();

    /// <summary>A guest register of the state block that is also in rax, as long as nothing was emitted since.</summary>
    private int _heldSlot = NoSlot;
    private byte* _heldAt;

    /// <summary>A guest register of the state block that is in rax alone, for the instruction at <see cref="_loneIndex"/>.</summary>
    private int _loneSlot = NoSlot;
    private int _loneIndex;

    /// <summary>The value that the flags tell of, as long as nothing was emitted since; those of additions and shifts tell only whether it is zero, and its sign.</summary>
    private IrValue _flagsOf;
    private byte* _flagsAt;

    private void ForgetHeld()
    {
        (_heldSlot, _loneSlot) = (NoSlot, NoSlot);
        _flagsOf = IrValue.None;
    }

    /// <summary>Where a guest register is at this moment.</summary>
    private Place PlaceOfGlobal(int offset)
    {
        var place = _places.PlaceOf(offset);
        return place.IsState && IsInRax(offset) ? Place.Of(Reg.Rax) : place;
    }

    private bool IsInRax(int offset) => (offset == _loneSlot && _index == _loneIndex) || (offset == _heldSlot && _asm.At == _heldAt);

    /// <summary>True if the result need not be written to the state block: it is in rax for the next op, and nobody else sees it.</summary>
    private bool IsForNextOnly(IrValue global)
    {
        var next = NextIndex();
        // The slow way of other ops has its result in the state block.
        if (_ir.Insns[_index].Op >= IrOp.LoadReserved || !_demand.IsOnlyReadAt(_index, next))
            return false;
        // A comparison that the choice behind it makes reads there.
        (_loneSlot, _loneIndex) = (global.Index, IsMadeByChoice(next) ? NextIndex(next) : next);
        return true;
    }

    /// <summary>Before rax is used otherwise: brings a guest register that is there alone to the state block.</summary>
    private void OutOfRax()
    {
        if (_loneSlot != NoSlot && _index == _loneIndex)
            _asm.Mov(Place.In(_loneSlot).Mem, Reg.Rax);
        (_heldSlot, _loneSlot) = (NoSlot, NoSlot);
    }

    /// <summary>An op of 32 bits has its result in the register's low half: extends the sign, if anybody sees the upper half.</summary>
    private void ExtendSign(Reg register)
    {
        if (_demand.SeesUpperHalf(_index))
            _asm.Extend(register, register, 4, signed: true);
    }

    /// <summary>The flags tell of the op's result, which is in its place now.</summary>
    private void KeepFlags(in IrInsn insn)
    {
        _flagsOf = insn.Dst;
        _flagsAt = _asm.At;
    }

    /// <summary>Rax was stored to that guest register.</summary>
    private void KeepRax(int offset)
    {
        _heldSlot = offset;
        _heldAt = _asm.At;
    }

    private bool TellFlagsOf(IrValue value) => value == _flagsOf && !value.IsNone && _asm.At == _flagsAt;

    /// <summary>Compares two values; the condition to test afterwards.</summary>
    private Cond Compare(IrValue a, IrValue b, Cond condition, Reg scratch = Reg.Rax)
    {
        var isKnown = TellFlagsOf(a) && b.IsConstant && _ir.ConstantOf(b) == 0;
        return (isKnown, condition) switch
        {
            (true, Cond.Equal or Cond.NotEqual) => condition,
            (true, Cond.Less) => Cond.Sign,
            (true, Cond.GreaterEqual) => Cond.NoSign,
            _ => Compare(Of(a), Of(b), condition, scratch),
        };
    }
}
