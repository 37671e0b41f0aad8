using Emu.Backend.Tests.Differential;
using Emu.Guest.RiscV;
using Emu.Ir;

namespace Emu.Backend.X64.Tests.Listings;

/// <summary>The blocks whose machine code is listed: each op with operands in host registers, in the state block, and with a constant.</summary>
internal static unsafe class ListedOps
{
    private static readonly int Helper = IrHelpers.Register("test_listed", &Answer);

    /// <summary>Ops that need more than operands: plugins' hooks, and the globals of a pair.</summary>
    private static readonly IrOp[] Others =
    [
        IrOp.InsnStart, IrOp.AtomicCompareSwapPair, IrOp.SkipUnlessZero, IrOp.PluginExec, IrOp.PluginCondExec, IrOp.PluginMem, IrOp.TraceAppend,
        IrOp.ScoreboardAdd, IrOp.ScoreboardStore, IrOp.ScoreboardReadAt, IrOp.ScoreboardWriteAt, IrOp.ScoreboardAddAt,
    ];

    private static readonly string[] Places = ["registers", "state", "constant"];

    /// <summary>Each block with its title.</summary>
    public static IEnumerable<(string Title, IrBlock Block)> All =>
        from op in Enum.GetValues<IrOp>().Except(Others)
        from size in SizesOf(op)
        from place in PlacesOf(op)
        select ($"{op}{(size == 0 ? "" : $" {size}")}, {place}", TestBlock.Of(ir => ir.Append(NewInsn(op, size, place, ir))));

    private static bool IsFloat(IrOp op) => op is >= IrOp.FloatAdd and <= IrOp.NanUnboxHalf;

    private static bool Uses(IrOp op, IrOperands operand) => (IrOps.OperandsOf(op) & operand) != 0;

    private static int[] SizesOf(IrOp op) =>
        !Uses(op, IrOperands.Size) ? [0] :
        op is IrOp.Load or IrOp.Store ? [1, 2, 4, 8] :
        op == IrOp.FloatToInt32Modular ? [8] :
        [4, 8];

    private static string[] PlacesOf(IrOp op) => Uses(op, IrOperands.B) ? Places : Uses(op, IrOperands.A | IrOperands.Dst) ? Places[..2] : Places[..1];

    private static IrInsn NewInsn(IrOp op, int size, string place, IrBuilder ir) => new()
    {
        Op = op,
        Size = (byte)size,
        Flags = op == IrOp.Load ? IrFlags.Signed : op is IrOp.Branch or IrOp.LeaveIf ? (IrFlags)IrCondition.LessSigned : op is IrOp.Exit ? (IrFlags)IrExit.InstructionFence : DefaultRounding(op),
        Dst = Uses(op, IrOperands.Dst) ? IrValue.Global(Register(op, size, 0, place)) : default,
        A = Uses(op, IrOperands.A) ? IrValue.Global(Register(op, size, 1, place)) : default,
        B = !Uses(op, IrOperands.B) ? default : place == "constant" ? ir.Constant(7) : IrValue.Global(Register(op, size, 2, place)),
        C = Uses(op, IrOperands.C) ? IrValue.Global(Register(op, size, 3, place)) : default,
        Imm = op switch
        {
            IrOp.CallHelper => Helper,
            IrOp.Load or IrOp.Store => 16,
            IrOp.LeaveUnless => -2,
            IrOp.Trap => (long)IrTrap.Breakpoint,
            _ when Uses(op, IrOperands.Imm) => (long)TestBlock.Next,
            _ => 0,
        },
    };

    private static IrFlags DefaultRounding(IrOp op) => IsFloat(op) && op.Has(IrProperties.Flags) ? (IrFlags)IrRounding.Dynamic : default;

    /// <summary>The guest's a0 to a3 and fa0 to fa3 are in host registers, its s8 to s11 are not.</summary>
    private static int Register(IrOp op, int size, int number, string place) =>
        place == "state" ? TestBlock.Offset(24 + number) :
        IsFloat(op) && size == 8 ? RiscVState.OffsetOf((FRegister)(10 + number)) :
        TestBlock.Offset(10 + number);

    private static ulong Answer(void* state, ulong a, ulong b) => a + b;
}
