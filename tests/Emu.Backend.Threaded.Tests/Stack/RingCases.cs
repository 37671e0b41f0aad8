using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Backend.Threaded.Tests.Differential;
using Emu.Backend.Threaded.Tests.Handlers;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Stack;

/// <summary>Rings for every handler of the tables.</summary>
internal static class RingCases
{
    private const ulong FirstPlace = StartState.MemoryStart + 0x100;

    private static readonly Random Random = new(3);

    /// <summary>Every micro-op alone, accesses aligned and misaligned.</summary>
    public static IEnumerable<RingCase> Singles() =>
        from single in HandlerTable<FlatMemory>.Instance.Singles()
        where KeyedOp.IsReachable(single.Key)
        from misaligned in KeyedOp.IsAccess(single.Key) && KeyedOp.SizeOf(single.Key) > 1 ? (ulong[])[0, 1] : [0]
        select Single(single.Key, misaligned);

    /// <summary>Every pair.</summary>
    public static IEnumerable<RingCase> Pairs() => PairCase.All.Select(pair => Pair(pair, FirstPlace, Ring.Pc));

    /// <summary>Every pair whose first or second op is an access, and misaligned.</summary>
    public static IEnumerable<RingCase> SlowPairs() => PairCase.All.SelectMany(Slow);

    private static RingCase Single(OpKey key, ulong misaligned)
    {
        var start = new StartState { [TestBlock.Offset(5)] = Ring.Pc + misaligned, [TestBlock.Offset(6)] = 3 };
        var immediate = key.Op.IsTerminal() ? Ring.Pc : 0;
        void Append(IrBuilder ir) => ir.Append(KeyedOp.Of(ir.Block, key, target: 7, a: 5, b: 6, immediate));
        return key.Op.IsTerminal() ? new RingCase(key.ToString(), [Append], start, Leaves: true) : RingCase.Of($"{key}, misaligned by {misaligned}", start, Append);
    }

    private static IEnumerable<RingCase> Slow(PairCase pair)
    {
        if (KeyedOp.IsAccess(pair.First) && KeyedOp.SizeOf(pair.First) > 1)
            yield return Pair(pair, FirstPlace + 1, Ring.Pc);
        if (KeyedOp.IsAccess(pair.Second) && KeyedOp.SizeOf(pair.Second) > 1)
            yield return Pair(pair, FirstPlace, Ring.Pc + 1);
    }

    private static RingCase Pair(PairCase pair, ulong firstPlace, ulong secondPlace)
    {
        var tried = pair.ForPlaces(secondPlace);
        if (pair.Second.Op.IsTerminal())
            return new RingCase(
                $"{pair} at 0x{firstPlace:x}", [tried.AppendFirst, tried.AppendSecond], tried.Start(firstPlace, secondPlace, Random), Leaves: true, Fuse: true);
        Action<IrBuilder>[] both = [tried.AppendFirst, tried.AppendSecond];
        return new RingCase(
            $"{pair} at 0x{firstPlace:x} and 0x{secondPlace:x}", [.. Enumerable.Repeat(both, RingCase.Repeats).SelectMany(ops => ops)],
            tried.Start(firstPlace, secondPlace, Random), Fuse: true);
    }
}
