namespace Emu.Ir.Passes;

/// <summary>
/// Pass <c>deadglobals</c>: which guest registers are written later before anybody can look at them, seen from the
/// instruction at which the backward sweep stands. A barrier looks at all of them: after a fault and in a plugin's callback
/// the guest's state must be exact.
/// </summary>
internal sealed class DeadGlobals
{
    private const int FirstSlot = IrGlobals.FirstRegister / IrGlobals.Size;
    private const int Live = 0;

    // A register is overwritten unseen if its entry is the number of the current stretch between barriers.
    private int[] _overwrittenIn = new int[256];
    private int _stretch;

    public void Start()
    {
        if (++_stretch < int.MaxValue / 2)
            return;
        Array.Clear(_overwrittenIn);
        _stretch = 1;
    }

    public bool IsDead(IrValue global)
    {
        var slot = global.Index / IrGlobals.Size;
        return (uint)slot < (uint)_overwrittenIn.Length && _overwrittenIn[slot] == _stretch;
    }

    public void Visit(in IrInsn insn, IrProperties properties)
    {
        if (Barrier.Is(insn, properties))
        {
            // Its own result is written behind the barrier and hides nothing.
            _stretch++;
            return;
        }

        if (insn.Dst.IsGlobal)
            Mark(insn.Dst, _stretch);
        Read(insn.A);
        Read(insn.B);
        Read(insn.C);
    }

    private void Read(IrValue value)
    {
        if (value.IsGlobal)
            Mark(value, Live);
    }

    private void Mark(IrValue global, int stretch)
    {
        var slot = global.Index / IrGlobals.Size;
        if (slot < FirstSlot)
            return;
        if (slot >= _overwrittenIn.Length)
            Array.Resize(ref _overwrittenIn, Math.Max(slot + 1, _overwrittenIn.Length * 2));
        _overwrittenIn[slot] = stretch;
    }
}
