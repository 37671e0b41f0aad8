using Emu.Backend.Threaded.MicroOps;
using Emu.Ir.Values;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Sees micro-op types; a struct, so that each visit is compiled for it.</summary>
internal interface IMicroOpVisitor
{
    void Visit<TMicroOp>() where TMicroOp : struct, IMicroOp;
}

/// <summary>Sees exit types.</summary>
internal interface IExitOpVisitor
{
    void VisitExit<TExitOp>() where TExitOp : struct, IExitOp;
}

/// <summary>
/// Which micro-ops exist and which may stand in pairs. The pairs are a cross product of the ops that together make up nearly all executed
/// pairs of the integer programs of bench/guests (<c>Emu.Bench handlers</c>); adding a line adds a row or a column of handlers to the file.
/// </summary>
internal static class Catalogue<TMemory>
    where TMemory : struct, IMemoryPath
{
    public static void VisitMemory<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
    {
        VisitLoads<TVisitor, Register>(ref v);
        v.Visit<Store<TMemory, U8, Register, Register>>();
        v.Visit<Store<TMemory, U16, Register, Register>>();
        v.Visit<Store<TMemory, U32, Register, Register>>();
        v.Visit<Store<TMemory, U64, Register, Register>>();
        v.Visit<Store<TMemory, U8, Register, Zero>>();
        v.Visit<Store<TMemory, U16, Register, Zero>>();
        v.Visit<Store<TMemory, U32, Register, Zero>>();
        v.Visit<Store<TMemory, U64, Register, Zero>>();
    }

    /// <summary>Accesses that may stand several in a row in one handler.</summary>
    public static void VisitRuns<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
    {
        VisitRunsFrom<TVisitor, Register>(ref v);
        VisitRunsFrom<TVisitor, Previous>(ref v);
    }

    /// <summary>Ops that a pair may begin with.</summary>
    public static void VisitFirsts<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
    {
        v.Visit<Binary<Add, Register, Immediate>>();
        v.Visit<Binary<Add, Register, Register>>();
        v.Visit<Binary<Sub, Register, Register>>();
        v.Visit<Binary<And, Register, Immediate>>();
        v.Visit<Binary<And, Register, Register>>();
        v.Visit<Binary<Or, Register, Register>>();
        v.Visit<Binary<Xor, Register, Register>>();
        v.Visit<Binary<Xor, Register, Immediate>>();
        v.Visit<Binary<Shl, Register, Immediate>>();
        v.Visit<Binary<Shr, Register, Immediate>>();
        v.Visit<Binary<Sar, Register, Immediate>>();
        v.Visit<Binary<Add32, Register, Immediate>>();
        v.Visit<Binary<Add32, Register, Register>>();
        v.Visit<Binary<Sub32, Register, Register>>();
        v.Visit<Binary<Shl32, Register, Immediate>>();
        v.Visit<Binary<Shr32, Register, Immediate>>();
        v.Visit<Binary<Sar32, Register, Immediate>>();
        v.Visit<Binary<Mul, Register, Register>>();
        v.Visit<Binary<SetLessUnsigned, Register, Immediate>>();
        v.Visit<Binary<SetLessUnsigned, Register, Register>>();
        v.Visit<Unary<SignExtend32, Register>>();
        v.Visit<Unary<ZeroExtend8, Register>>();
        v.Visit<Unary<ZeroExtend32, Register>>();
        v.Visit<Unary<Mov, Register>>();
        v.Visit<Unary<Mov, Immediate>>();
        VisitLoads<TVisitor, Register>(ref v);
        v.Visit<Store<TMemory, U8, Register, Register>>();
        v.Visit<Store<TMemory, U32, Register, Register>>();
        v.Visit<Store<TMemory, U64, Register, Register>>();
    }

    /// <summary>Floating-point ops that a pair may begin or end with.</summary>
    public static void VisitFloats<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
    {
        VisitFloatsFrom<TVisitor, Register, Register>(ref v);
        VisitFloatsFrom<TVisitor, Previous, Register>(ref v);
        VisitFloatsFrom<TVisitor, Register, Previous>(ref v);
    }

    /// <summary>The same with these operands.</summary>
    public static void VisitFloatsFrom<TVisitor, TA, TB>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
        where TA : struct, ISource
        where TB : struct, ISource
    {
        v.Visit<FloatBinary<FloatAdd64, TA, TB>>();
        v.Visit<FloatBinary<FloatSub64, TA, TB>>();
        v.Visit<FloatBinary<FloatMul64, TA, TB>>();
    }

    /// <summary>Ops that a pair may end with if it begins with a floating-point op.</summary>
    public static void VisitFloatSeconds<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
    {
        VisitFloats(ref v);
        v.Visit<Load<TMemory, U64, Register>>();
        v.Visit<Store<TMemory, U64, Register, Register>>();
        v.Visit<Store<TMemory, U64, Register, Previous>>();
        v.Visit<Binary<Add, Register, Immediate>>();
        v.Visit<Unary<Mov, Register>>();
    }

    /// <summary>Ops that read what the op before them computed, wherever it stands.</summary>
    public static void VisitOnPrevious<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
    {
        VisitImmediate<TVisitor, Previous>(ref v);
        VisitRegister<TVisitor, Previous, Register>(ref v);
        VisitReversed<TVisitor>(ref v);
        VisitWidths<TVisitor, Previous>(ref v);
        v.Visit<Unary<Mov, Previous>>();
        VisitLoads<TVisitor, Previous>(ref v);
        VisitStores<TVisitor, Previous, Register>(ref v);
        VisitStores<TVisitor, Register, Previous>(ref v);
    }

    /// <summary>Ops that a pair may end with, reading registers or what the first op computed.</summary>
    public static void VisitSeconds<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
    {
        VisitImmediate<TVisitor, Register>(ref v);
        VisitRegister<TVisitor, Register, Register>(ref v);
        VisitWidths<TVisitor, Register>(ref v);
        v.Visit<Unary<Mov, Register>>();
        v.Visit<Unary<Mov, Immediate>>();
        VisitLoads<TVisitor, Register>(ref v);
        VisitStores<TVisitor, Register, Register>(ref v);
        VisitStores<TVisitor, Register, Zero>(ref v);
        VisitOnPrevious(ref v);
        VisitFloats(ref v);
    }

    public static void VisitExits<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IExitOpVisitor
    {
        VisitBranches<TVisitor, Register, Register>(ref v);
        VisitBranches<TVisitor, Register, Zero>(ref v);
        VisitBranches<TVisitor, Zero, Register>(ref v);
        v.VisitExit<Jump>();
        v.VisitExit<JumpIndirect<Register>>();
    }

    /// <summary>Exits that read what the first op of the pair computed.</summary>
    public static void VisitExitsOnPrevious<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IExitOpVisitor
    {
        VisitBranches<TVisitor, Previous, Register>(ref v);
        VisitBranches<TVisitor, Register, Previous>(ref v);
        VisitBranches<TVisitor, Previous, Zero>(ref v);
        v.VisitExit<JumpIndirect<Previous>>();
    }

    private static void VisitImmediate<TVisitor, TA>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
        where TA : struct, ISource
    {
        v.Visit<Binary<Add, TA, Immediate>>();
        v.Visit<Binary<And, TA, Immediate>>();
        v.Visit<Binary<Xor, TA, Immediate>>();
        v.Visit<Binary<Shl, TA, Immediate>>();
        v.Visit<Binary<Shr, TA, Immediate>>();
        v.Visit<Binary<Sar, TA, Immediate>>();
        v.Visit<Binary<Add32, TA, Immediate>>();
        v.Visit<Binary<Shl32, TA, Immediate>>();
        v.Visit<Binary<Shr32, TA, Immediate>>();
        v.Visit<Binary<Sar32, TA, Immediate>>();
        v.Visit<Binary<SetLessUnsigned, TA, Immediate>>();
    }

    private static void VisitWidths<TVisitor, TA>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
        where TA : struct, ISource
    {
        v.Visit<Unary<SignExtend32, TA>>();
        v.Visit<Unary<ZeroExtend8, TA>>();
        v.Visit<Unary<ZeroExtend32, TA>>();
    }

    private static void VisitRegister<TVisitor, TA, TB>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
        where TA : struct, ISource
        where TB : struct, ISource
    {
        v.Visit<Binary<Add, TA, TB>>();
        v.Visit<Binary<Sub, TA, TB>>();
        v.Visit<Binary<And, TA, TB>>();
        v.Visit<Binary<Or, TA, TB>>();
        v.Visit<Binary<Xor, TA, TB>>();
        v.Visit<Binary<Add32, TA, TB>>();
        v.Visit<Binary<Sub32, TA, TB>>();
        v.Visit<Binary<Mul, TA, TB>>();
    }

    /// <summary>Operands of the others can be exchanged.</summary>
    private static void VisitReversed<TVisitor>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
    {
        v.Visit<Binary<Sub, Register, Previous>>();
        v.Visit<Binary<Sub32, Register, Previous>>();
    }

    private static void VisitLoads<TVisitor, TA>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
        where TA : struct, ISource
    {
        v.Visit<Load<TMemory, U8, TA>>();
        v.Visit<Load<TMemory, U16, TA>>();
        v.Visit<Load<TMemory, U32, TA>>();
        v.Visit<Load<TMemory, U64, TA>>();
        v.Visit<Load<TMemory, S8, TA>>();
        v.Visit<Load<TMemory, S16, TA>>();
        v.Visit<Load<TMemory, S32, TA>>();
    }

    private static void VisitStores<TVisitor, TA, TB>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
        where TA : struct, ISource
        where TB : struct, ISource
    {
        v.Visit<Store<TMemory, U8, TA, TB>>();
        v.Visit<Store<TMemory, U32, TA, TB>>();
        v.Visit<Store<TMemory, U64, TA, TB>>();
    }

    private static void VisitRunsFrom<TVisitor, TA>(ref TVisitor v)
        where TVisitor : struct, IMicroOpVisitor
        where TA : struct, ISource
    {
        VisitLoads<TVisitor, TA>(ref v);
        VisitStores<TVisitor, TA, Register>(ref v);
    }

    private static void VisitBranches<TVisitor, TA, TB>(ref TVisitor v)
        where TVisitor : struct, IExitOpVisitor
        where TA : struct, ISource
        where TB : struct, ISource
    {
        v.VisitExit<Branch<Equal, TA, TB>>();
        v.VisitExit<Branch<NotEqual, TA, TB>>();
        v.VisitExit<Branch<LessSigned, TA, TB>>();
        v.VisitExit<Branch<GreaterEqualSigned, TA, TB>>();
        v.VisitExit<Branch<LessUnsigned, TA, TB>>();
        v.VisitExit<Branch<GreaterEqualUnsigned, TA, TB>>();
    }
}
