using System.Runtime.CompilerServices;

namespace Emu.Ir.Passes;

/// <summary>
/// Which instruction wrote each temporary and each register last, seen from the instruction at which the forward sweep
/// stands. Facts about values (copies, constants, widths) need no table of their own: they are read from the defining
/// instruction, as long as <see cref="IsUnchangedSince"/> says that its operands still hold what they held there.
/// </summary>
/// <remarks>
/// Entries are stamps (<c>_base</c> plus the instruction's index); raising the base forgets all of them at once, so that
/// starting a block costs nothing however many registers the guest has.
/// </remarks>
internal sealed class Definitions
{
    private const int NoInsn = -1;

    private int[] _temps = new int[256];
    private int[] _globals = new int[256];
    private int _base = 1;
    private int _clobber;
    private int _count;

    /// <summary>The block that is swept.</summary>
    public IrBlock Block { get; private set; } = new();

    /// <summary>Forgets everything and starts with <paramref name="block"/>.</summary>
    public void Start(IrBlock block)
    {
        Block = block;
        _base += _count + 1;
        _count = block.Count;
        _clobber = NoInsn;
        if (_base > int.MaxValue / 2)
            ForgetAll();
        if (_temps.Length < block.TempCount)
            _temps = new int[Math.Max(block.TempCount, _temps.Length * 2)];
    }

    /// <summary>Index of the instruction that made the value which <paramref name="value"/> has now; -1 if it is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(IrValue value)
    {
        if (value.IsTemp)
            return Math.Max(_temps[value.Index] - _base, NoInsn);
        if (!value.IsGlobal)
            return NoInsn;
        var index = LastWrite(value);
        return index > _clobber ? index : NoInsn;
    }

    /// <summary>True if <paramref name="value"/>, read now, is what the instruction at <paramref name="index"/> read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsUnchangedSince(IrValue value, int index) =>
        !value.IsGlobal || (value.Index >= IrGlobals.FirstRegister && LastWrite(value) < index && _clobber < index);

    /// <summary>Notes that the instruction at <paramref name="index"/> writes <paramref name="result"/>.</summary>
    public void Record(IrValue result, int index)
    {
        if (result.IsTemp)
            _temps[result.Index] = _base + index;
        else if (result.IsGlobal && result.Index >= IrGlobals.FirstRegister)
            RecordGlobal(result.Index / IrGlobals.Size, index);
    }

    /// <summary>Notes that the instruction at <paramref name="index"/> may write every register.</summary>
    public void Clobber(int index) => _clobber = index;

    private int LastWrite(IrValue global)
    {
        var slot = global.Index / IrGlobals.Size;
        return (uint)slot < (uint)_globals.Length ? _globals[slot] - _base : NoInsn;
    }

    private void RecordGlobal(int slot, int index)
    {
        if (slot >= _globals.Length)
            Array.Resize(ref _globals, Math.Max(slot + 1, _globals.Length * 2));
        _globals[slot] = _base + index;
    }

    private void ForgetAll()
    {
        Array.Clear(_temps);
        Array.Clear(_globals);
        _base = 1;
    }
}
