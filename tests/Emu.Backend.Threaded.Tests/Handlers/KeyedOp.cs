using Emu.Backend.Threaded.MicroOps;
using Emu.Backend.Tests.Differential;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>Makes the IR for which the backend takes the handler of a given key.</summary>
internal static class KeyedOp
{
    /// <summary>False for keys in the tables that no IR leads to: the emitter puts the constant of a commutative op to the right.</summary>
    public static bool IsReachable(OpKey key) => key.A != SourceKind.Zero || key.Op == IrOp.Branch || !key.Op.Has(IrProperties.Commutative);

    /// <summary>The instruction: it reads registers <paramref name="a"/> and <paramref name="b"/> and the immediate where the key has them, and writes <paramref name="target"/>.</summary>
    public static IrInsn Of(IrBlock block, OpKey key, int target, int a, int b, ulong immediate) => key.Op switch
    {
        IrOp.Load => new IrInsn
        {
            Op = key.Op, Dst = Register(target), A = Register(a), Imm = (long)immediate, Size = SizeOf(key), Flags = key.Variant >= 4 ? IrFlags.Signed : 0,
        },
        IrOp.Store => new IrInsn { Op = key.Op, A = Register(a), B = Operand(block, key.B, b, 0), Imm = (long)immediate, Size = SizeOf(key) },
        IrOp.ScoreboardAdd => new IrInsn { Op = key.Op, Imm = block.AddHook(new IrHook { Callback = -1, Entry = Scoreboards.Address, Stride = Scoreboards.Stride, Immediate = immediate }) },
        IrOp.FloatAdd or IrOp.FloatSub or IrOp.FloatMul => new IrInsn
        {
            Op = key.Op, Dst = Register(target), A = Register(a), B = Register(b), Size = 8, Flags = (IrFlags)IrRounding.Dynamic,
        },
        IrOp.Branch => new IrInsn
        {
            Op = key.Op, A = Operand(block, key.A, a, 0), B = Operand(block, key.B, b, 0), Imm = (long)immediate, Flags = (IrFlags)key.Variant,
        },
        IrOp.Jump => new IrInsn { Op = key.Op, Imm = (long)immediate },
        IrOp.JumpIndirect => new IrInsn { Op = key.Op, A = Register(a) },
        _ => new IrInsn
        {
            Op = key.Op, Dst = Register(target), A = Operand(block, key.A, a, immediate), B = IsBinary(key) ? Operand(block, key.B, b, immediate) : default,
        },
    };

    /// <summary>True for a load or store.</summary>
    public static bool IsAccess(OpKey key) => key.Op is IrOp.Load or IrOp.Store;

    /// <summary>True for a floating-point op.</summary>
    public static bool IsFloat(OpKey key) => key.Op is IrOp.FloatAdd or IrOp.FloatSub or IrOp.FloatMul;

    /// <summary>True for ops that compute nothing and hand on what they were given.</summary>
    public static bool HandsOn(OpKey key) => key.Op is IrOp.Store or IrOp.ScoreboardAdd;

    /// <summary>Bytes that a load or store accesses.</summary>
    public static byte SizeOf(OpKey key) => (byte)(1 << (key.Variant & 3));

    /// <summary>With this as second operand, the result of an integer op is its first operand.</summary>
    public static ulong Neutral(OpKey key) => key.Op switch { IrOp.And => ulong.MaxValue, IrOp.Mul => 1, _ => 0 };

    private static bool IsBinary(OpKey key) => (IrOps.OperandsOf(key.Op) & IrOperands.B) != 0;

    private static IrValue Operand(IrBlock block, SourceKind kind, int register, ulong immediate) => kind switch
    {
        SourceKind.Immediate => block.AddConstant(immediate),
        SourceKind.Zero => block.AddConstant(0),
        _ => Register(register),
    };

    private static IrValue Register(int number) => IrValue.Global(TestBlock.Offset(number));
}
