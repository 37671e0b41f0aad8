using System.Buffers.Binary;
using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Backend.Threaded.Tests.Differential;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>
/// One entry of the tables of fused handlers, as guest instructions. The first op reads x5 and x6 and writes x7; the second reads x8 and x9, or x7 where
/// it takes what the first computed, and writes x10; the exit of a triple reads x11 and x12, or x10.
/// </summary>
internal sealed unsafe record FusedCase(OpKey First, OpKey Second, OpKey? Exit, nint Handler)
{
    private const int FirstA = 5, FirstB = 6, Result = 7, SecondA = 8, SecondB = 9, SecondResult = 10, ExitA = 11, ExitB = 12;

    /// <summary>Every pair and triple that IR can lead to: a store computes nothing that an op after it could take.</summary>
    public static IEnumerable<FusedCase> All =>
        Pairs.Concat(Triples).Where(fused => !TakesFrom(fused.First, fused.Second) && (fused.Exit is not { } exit || !TakesFrom(fused.Second, exit)));

    private static IEnumerable<FusedCase> Pairs =>
        HandlerTable<FlatMemory>.Instance.Pairs().Select(pair => new FusedCase(pair.First, pair.Second, Exit: null, pair.Handler));

    private static IEnumerable<FusedCase> Triples =>
        HandlerTable<FlatMemory>.Instance.Triples().Select(triple => new FusedCase(triple.First, triple.Second, triple.Exit, triple.Handler));

    /// <summary>Immediate of the first op where it is no access.</summary>
    public ulong FirstImmediate { get; init; }

    /// <summary>Where the exit goes.</summary>
    public ulong Target { get; init; } = TestBlock.Next;

    /// <summary>Whether the last op leaves the block.</summary>
    public bool Leaves => Exit is not null || Second.Op.IsTerminal();

    /// <summary>The ops, one guest instruction each.</summary>
    public Action<IrBuilder>[] Ops => Exit is null ? [AppendFirst, AppendSecond] : [AppendFirst, AppendSecond, AppendExit];

    /// <summary>The block of these ops alone; an op that is never fused keeps others away.</summary>
    public IrBlock Block() => Leaves ? TestBlock.Of(Ops) : TestBlock.Of([.. Ops, ir => ir.Fence()]);

    /// <summary>
    /// Registers and memory with which the first op accesses one place and the second another, also where that is what the first computes. Indirect
    /// exits go to <see cref="Target"/>.
    /// </summary>
    public StartState Start(ulong firstPlace, ulong secondPlace, Random random)
    {
        var start = new StartState();
        foreach (var register in (int[])[FirstA, FirstB, SecondA, SecondB, ExitB])
            start[TestBlock.Offset(register)] = Operands.Edges[random.Next(Operands.Edges.Length)];
        start[TestBlock.Offset(ExitA)] = Target;
        var second = Second.Op == IrOp.JumpIndirect ? Target : secondPlace;
        start[TestBlock.Offset(SecondA)] = second;
        if (KeyedOp.IsAccess(First))
        {
            start[TestBlock.Offset(FirstA)] = firstPlace;
            PutPointer(start, firstPlace, second);
        }
        else if (Second.A == SourceKind.Previous)
        {
            start[TestBlock.Offset(FirstA)] = second;
            start[TestBlock.Offset(FirstB)] = KeyedOp.Neutral(First);
        }

        return start;
    }

    /// <summary>With the immediate with which <see cref="Start"/> works.</summary>
    public FusedCase ForPlace(ulong secondPlace) => this with
    {
        FirstImmediate = First.A != SourceKind.Immediate ? KeyedOp.Neutral(First) : Second.Op == IrOp.JumpIndirect ? Target : secondPlace,
    };

    public override string ToString() => Exit is null ? $"{First} + {Second}" : $"{First} + {Second} + {Exit}";

    private void AppendFirst(IrBuilder ir) => ir.Append(KeyedOp.Of(ir.Block, First, Result, FirstA, FirstB, KeyedOp.IsAccess(First) ? 0 : FirstImmediate));

    private void AppendSecond(IrBuilder ir) => Append(ir, Second, SecondResult, SecondA, SecondB, previous: Result);

    private void AppendExit(IrBuilder ir) => Append(ir, Exit!.Value, target: 0, ExitA, ExitB, previous: SecondResult);

    private void Append(IrBuilder ir, OpKey key, int target, int a, int b, int previous) => ir.Append(KeyedOp.Of(
        ir.Block, key, target, key.A == SourceKind.Previous ? previous : a, key.B == SourceKind.Previous ? previous : b, key.Op.IsTerminal() ? Target : 0));

    private static bool TakesFrom(OpKey first, OpKey second) =>
        first.Op == IrOp.Store && (second.A == SourceKind.Previous || second.B == SourceKind.Previous);

    private static void PutPointer(StartState start, ulong place, ulong pointer)
    {
        if (place - StartState.MemoryStart <= StartState.WritableSize - sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(start.Memory.AsSpan((int)(place - StartState.MemoryStart)), pointer);
    }
}
