using Emu.Ir;

namespace Emu.Backend.X64.Calls;

/// <summary>An IR op that managed code does, in native memory: its operands are offsets in the state block, where everything is during the call, or constants.</summary>
internal struct SlowOp
{
    /// <summary>An operand offset: the operand is the constant beside it.</summary>
    public const int IsConstant = -1;

    public IrOp Op;
    public byte Size;
    public IrFlags Flags;
    public int A, B, C;

    /// <summary>Where the result goes, or <see cref="IsConstant"/> for nowhere.</summary>
    public int D;

    public ulong AValue, BValue, CValue;
    public long Imm;

    /// <summary>Guest address of the instruction.</summary>
    public ulong Pc;

    /// <summary>The block's record.</summary>
    public nint Record;
}
