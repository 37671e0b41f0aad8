using System.Buffers.Binary;
using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Backend.Tests.Differential;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>
/// One entry of the tables of fused handlers, as guest instructions. The first op reads x5 and x6 and writes x7; the second reads x8 and x9, or x7 where
/// it takes what the first computed, and writes x10. Where an op takes what was computed before the first, an op that is never fused puts x3 into x4.
/// </summary>
internal sealed unsafe record FusedCase(OpKey First, OpKey Second, nint Handler)
{
    private const int LeadSource = 3, Lead = 4, FirstA = 5, FirstB = 6, Result = 7, SecondA = 8, SecondB = 9, SecondResult = 10;

    /// <summary>Every pair that IR can lead to: stores of one width to what was computed before them have the same base, so they are a run.</summary>
    public static IEnumerable<FusedCase> All => Pairs.Where(fused => !IsRun(fused));

    private static IEnumerable<FusedCase> Pairs =>
        HandlerTable<FlatMemory>.Instance.Pairs().Concat(Counters).Select(pair => new FusedCase(pair.First, pair.Second, pair.Handler));

    private static IEnumerable<(OpKey First, OpKey Second, nint Handler)> Counters
    {
        get
        {
            HandlerTable<FlatMemory>.Instance.AddCounters();
            return HandlerTable<FlatMemory>.Instance.InstrumentedPairs().Where(static pair => pair.First == ScoreboardAddition.Key);
        }
    }

    /// <summary>Immediate of the first op where it is no access.</summary>
    public ulong FirstImmediate { get; init; }

    /// <summary>Where the exit goes.</summary>
    public ulong Target { get; init; } = TestBlock.Next;

    /// <summary>Whether the last op leaves the block.</summary>
    public bool Leaves => Second.Op.IsTerminal();

    /// <summary>Whether an op stands before the fused ones, because one of them takes its result: a store hands on what it was given.</summary>
    public bool HasLead => Takes(First) || (KeyedOp.HandsOn(First) && Takes(Second));

    private bool HasFloat => KeyedOp.IsFloat(First) || KeyedOp.IsFloat(Second);

    /// <summary>Whether the first op stores where the second jumps: both take the lead's result.</summary>
    public bool StoresWhereItJumps => First is { Op: IrOp.Store, A: SourceKind.Previous } && Second is { Op: IrOp.JumpIndirect, A: SourceKind.Previous };

    /// <summary>The ops, one guest instruction each.</summary>
    public Action<IrBuilder>[] Ops => [.. (HasLead ? (Action<IrBuilder>[])[AppendLead] : []), AppendFirst, AppendSecond];

    /// <summary>The block of these ops alone; an op that is never fused keeps others away.</summary>
    public IrBlock Block() => Leaves ? TestBlock.Of(Ops) : TestBlock.Of([.. Ops, ir => ir.Fence()]);

    /// <summary>
    /// Registers and memory with which the first op accesses one place and the second another, also where that is what the first computes. Indirect
    /// exits go to <see cref="Target"/>.
    /// </summary>
    public StartState Start(ulong firstPlace, ulong secondPlace, Random random)
    {
        var start = new StartState();
        foreach (var register in (int[])[LeadSource, FirstA, FirstB, SecondA, SecondB])
            start[TestBlock.Offset(register)] = HasFloat && random.Next(4) > 0 ? BitConverter.DoubleToUInt64Bits(random.NextDouble() + 1) : Operands.Edges[random.Next(Operands.Edges.Length)];
        // With inexact raised, the host's result may be the whole answer.
        start.FloatFlags = HasFloat ? (uint)random.Next(2) : 0;
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

        if (First.A == SourceKind.Previous)
            start[TestBlock.Offset(LeadSource)] = start[TestBlock.Offset(FirstA)];
        else if (Second.A == SourceKind.Previous)
            start[TestBlock.Offset(LeadSource)] = KeyedOp.HandsOn(First) ? second : KeyedOp.Neutral(First);
        return start;
    }

    /// <summary>With the immediate with which <see cref="Start"/> works.</summary>
    public FusedCase ForPlace(ulong secondPlace) => this with
    {
        FirstImmediate = First.A != SourceKind.Immediate ? KeyedOp.Neutral(First) : Second.Op == IrOp.JumpIndirect ? Target : secondPlace,
    };

    public override string ToString() => $"{First} + {Second}";

    private void AppendLead(IrBuilder ir) => ir.SetGlobal(TestBlock.Offset(Lead), ir.Select(Register(ir, LeadSource), Register(ir, LeadSource), Register(ir, LeadSource)));

    private void AppendFirst(IrBuilder ir) => ir.Append(KeyedOp.Of(
        ir.Block, First, Result, First.A == SourceKind.Previous ? Lead : FirstA, First.B == SourceKind.Previous ? Lead : FirstB, KeyedOp.IsAccess(First) ? 0 : FirstImmediate));

    private void AppendSecond(IrBuilder ir) => Append(ir, Second, SecondResult, SecondA, SecondB, AfterFirst);

    /// <summary>The register whose value the first op hands on.</summary>
    private int AfterFirst => KeyedOp.HandsOn(First) ? Lead : Result;

    private static IrValue Register(IrBuilder ir, int number) => ir.Global(TestBlock.Offset(number));

    private void Append(IrBuilder ir, OpKey key, int target, int a, int b, int previous) => ir.Append(KeyedOp.Of(
        ir.Block, key, target, key.A == SourceKind.Previous ? previous : a, key.B == SourceKind.Previous ? previous : b, key.Op.IsTerminal() ? Target : 0));

    private static bool Takes(OpKey key) => key.A == SourceKind.Previous || key.B == SourceKind.Previous;

    private static bool IsRun(FusedCase fused) =>
        fused.First == fused.Second && fused.First.Op == IrOp.Store && fused.First is { A: SourceKind.Previous, B: SourceKind.Register };

    private static void PutPointer(StartState start, ulong place, ulong pointer)
    {
        if (place - StartState.MemoryStart <= StartState.WritableSize - sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(start.Memory.AsSpan((int)(place - StartState.MemoryStart)), pointer);
    }
}
