using System.Buffers.Binary;
using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Backend.Threaded.Tests.Differential;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>
/// One pair of the handler table as two guest instructions. The first reads x5 and x6 and writes x7; the second reads x8 and x9, or x7 where it
/// takes what the first computed, and writes x10.
/// </summary>
internal sealed unsafe record PairCase(OpKey First, OpKey Second, nint Handler)
{
    private const int FirstA = 5, FirstB = 6, Result = 7, SecondA = 8, SecondB = 9, Target = 10;

    /// <summary>Every pair that IR can lead to: a store computes nothing that a second op could take.</summary>
    public static IEnumerable<PairCase> All =>
        from pair in HandlerTable<FlatMemory>.Instance.Pairs()
        where pair.First.Op != IrOp.Store || (pair.Second.A != SourceKind.Previous && pair.Second.B != SourceKind.Previous)
        select new PairCase(pair.First, pair.Second, pair.Handler);

    /// <summary>The block of the pair alone.</summary>
    public IrBlock Block() => Second.Op.IsTerminal() ? TestBlock.Of(AppendFirst, AppendSecond) : TestBlock.Of(AppendFirst, AppendSecond, ir => ir.Fence());

    public void AppendFirst(IrBuilder ir) => ir.Append(KeyedOp.Of(ir.Block, First, Result, FirstA, FirstB, KeyedOp.IsAccess(First) ? 0 : FirstImmediate));

    public void AppendSecond(IrBuilder ir) => ir.Append(KeyedOp.Of(
        ir.Block, Second, Target, Second.A == SourceKind.Previous ? Result : SecondA, Second.B == SourceKind.Previous ? Result : SecondB, SecondImmediate));

    /// <summary>Immediate of the first op where it is no access.</summary>
    public ulong FirstImmediate { get; init; }

    /// <summary>Immediate of the second op where it has one: where an exit goes if it is one.</summary>
    public ulong SecondImmediate { get; init; }

    /// <summary>Registers and memory with which the first op accesses one place and the second another, also where that is what the first computes.</summary>
    public StartState Start(ulong firstPlace, ulong secondPlace, Random random)
    {
        var start = Registers(random);
        start[TestBlock.Offset(SecondA)] = secondPlace;
        if (KeyedOp.IsAccess(First))
        {
            start[TestBlock.Offset(FirstA)] = firstPlace;
            PutPointer(start, firstPlace, secondPlace);
        }
        else if (Second.A == SourceKind.Previous)
        {
            start[TestBlock.Offset(FirstA)] = secondPlace;
            start[TestBlock.Offset(FirstB)] = KeyedOp.Neutral(First);
        }

        return start;
    }

    /// <summary>Immediates with which <see cref="Start"/> works.</summary>
    public PairCase ForPlaces(ulong secondPlace) => this with
    {
        FirstImmediate = First.A == SourceKind.Immediate ? secondPlace : KeyedOp.Neutral(First),
        SecondImmediate = Second.Op is IrOp.Branch or IrOp.Jump ? TestBlock.Next : 0,
    };

    public override string ToString() => $"{First} + {Second}";

    private static StartState Registers(Random random)
    {
        var start = new StartState();
        foreach (var register in (int[])[FirstA, FirstB, SecondA, SecondB])
            start[TestBlock.Offset(register)] = Operands.Edges[random.Next(Operands.Edges.Length)];
        return start;
    }

    private static void PutPointer(StartState start, ulong place, ulong pointer)
    {
        if (place - StartState.MemoryStart <= StartState.WritableSize - sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(start.Memory.AsSpan((int)(place - StartState.MemoryStart)), pointer);
    }
}
