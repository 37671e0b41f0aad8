namespace Emu.Ir.Passes;

/// <summary>Pass <c>deadtemps</c>: which temporaries are read later, seen from the instruction at which the backward sweep stands.</summary>
/// <remarks>
/// A pure computation without result is dead as well. A temporary that is only moved on into a register right behind its
/// computation is not needed either: the computation writes the register itself.
/// </remarks>
internal sealed class DeadTemps
{
    // A temporary is read later in this block if its entry is the block's number.
    private int[] _readIn = new int[256];
    private int _block;

    public void Start(int count)
    {
        if (_readIn.Length < count)
            Array.Resize(ref _readIn, Math.Max(count, _readIn.Length * 2));
        if (++_block != int.MaxValue)
            return;
        Array.Clear(_readIn);
        _block = 1;
    }

    public bool IsDead(IrValue result) => result.IsNone || _readIn[result.Index] != _block;

    /// <summary>Makes the instruction before the copy at <paramref name="index"/> do the copy's work, if it can.</summary>
    public bool TryMergeCopy(IrBlock block, int index)
    {
        ref var copy = ref block.At(index);
        if (!copy.Dst.IsGlobal || !copy.A.IsTemp || !IsDead(copy.A))
            return false;
        do
            index--;
        while (block.At(index).Op == IrOp.InsnStart);
        ref var computation = ref block.At(index);
        if (computation.Dst != copy.A)
            return false;
        computation.Dst = copy.Dst;
        return true;
    }

    public void Visit(in IrInsn insn)
    {
        Read(insn.A);
        Read(insn.B);
        Read(insn.C);
    }

    private void Read(IrValue value)
    {
        if (value.IsTemp)
            _readIn[value.Index] = _block;
    }
}
