using System.Runtime.CompilerServices;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

/// <summary>
/// What is looked at of each result of a block, found by one walk from its end: an op of 32 bits need not extend its sign if nobody sees the upper half, and a guest register that
/// only the next op reads, before it is overwritten, need not be written to the state block. At a barrier everything is looked at.
/// </summary>
internal sealed class Demand
{
    private const int Nobody = -1, Several = -2;

    private bool[] _upper = new bool[256];
    private int[] _onlyReader = new int[256];
    private Reads[] _globals = new Reads[256];
    private Reads[] _temps = new Reads[256];

    /// <summary>What is noted under another number is from before: everything of a global is looked at, nothing of a temporary.</summary>
    private int _stretch, _block;

    /// <summary>Walks over a block.</summary>
    public void Begin(IrBlock ir)
    {
        _block = ++_stretch;
        if (_upper.Length < ir.Count)
        {
            Array.Resize(ref _upper, ir.Count * 2);
            Array.Resize(ref _onlyReader, ir.Count * 2);
        }

        if (_temps.Length < ir.TempCount)
            Array.Resize(ref _temps, ir.TempCount * 2);
        for (var i = ir.Count - 1; i >= 0; i--)
            if (ir.Insns[i].Op != IrOp.InsnStart)
                Visit(ir, i);
    }

    /// <summary>True if somebody may look at bits 63 to 32 of the result of the instruction at that index.</summary>
    public bool SeesUpperHalf(int index) => _upper[index];

    /// <summary>True if the guest register that is the result of the instruction at that index is read by the instruction at <paramref name="next"/>, and by nobody else.</summary>
    public bool IsOnlyReadAt(int index, int next) => _onlyReader[index] == next;

    private void Visit(IrBlock ir, int index)
    {
        ref readonly var insn = ref ir.Insns[index];
        ref var result = ref Of(insn.Dst);
        var (upper, reader) = (true, Nobody);
        if (!Unsafe.IsNullRef(ref result))
        {
            if (IsKnown(insn.Dst, result))
                (upper, reader) = (result.Upper, result.Reader);
            else if (insn.Dst.IsTemp)
                upper = false;
            else
                reader = Several;
            result = new Reads { Stretch = insn.Dst.IsTemp ? _block : _stretch, Reader = Nobody };
        }

        (_upper[index], _onlyReader[index]) = (upper, reader);
        // Its own result is written behind the barrier and hides nothing.
        if (Emu.Ir.Passes.Barrier.Is(insn, IrOps.PropertiesOf(insn.Op)))
            _stretch++;
        var (first, second) = UpperHalvesRead(insn, ir, upper);
        Read(insn.A, index, first);
        Read(insn.B, index, second);
        Read(insn.C, index, upper: true);
    }

    private void Read(IrValue value, int index, bool upper)
    {
        ref var reads = ref Of(value);
        if (Unsafe.IsNullRef(ref reads))
            return;
        if (IsKnown(value, reads))
        {
            reads.Upper |= upper;
            if (reads.Reader != index)
                reads.Reader = reads.Reader == Nobody ? index : Several;
        }
        else if (value.IsTemp)
        {
            reads = new Reads { Stretch = _block, Upper = upper, Reader = index };
        }
    }

    private bool IsKnown(IrValue value, in Reads reads) => reads.Stretch == (value.IsTemp ? _block : _stretch);

    private ref Reads Of(IrValue value)
    {
        if (value.IsTemp)
            return ref _temps[value.Index];
        if (!value.IsGlobal || value.Index < IrGlobals.FirstRegister)
            return ref Unsafe.NullRef<Reads>();
        var slot = value.Index / IrGlobals.Size;
        if (slot >= _globals.Length)
            Array.Resize(ref _globals, Math.Max(slot + 1, _globals.Length * 2));
        return ref _globals[slot];
    }

    /// <summary>Whether an op looks at the upper halves of its first two operands, if somebody does, or nobody, at that of its result.</summary>
    private static (bool First, bool Second) UpperHalvesRead(in IrInsn insn, IrBlock ir, bool upper) => insn.Op switch
    {
        >= IrOp.Add32 and <= IrOp.RemUnsigned32 or IrOp.RotateRight32 => (false, false),
        >= IrOp.SignExtend8 and <= IrOp.ZeroExtend32 => (false, false),
        IrOp.And when insn.B.IsConstant && ir.ConstantOf(insn.B) <= uint.MaxValue => (false, false),
        IrOp.Mov or IrOp.Add or IrOp.Sub or IrOp.And or IrOp.Or or IrOp.Xor or IrOp.AndNot or IrOp.Mul or IrOp.ScaledAdd2 or IrOp.ScaledAdd4 or IrOp.ScaledAdd8 => (upper, upper),
        IrOp.Shl when insn.B.IsConstant => (upper, true),
        IrOp.Store => (true, insn.Size == 8),
        _ => (true, true),
    };

    /// <summary>Who reads a value from where the walk stands on.</summary>
    private struct Reads
    {
        public int Stretch;
        public int Reader;
        public bool Upper;
    }
}
