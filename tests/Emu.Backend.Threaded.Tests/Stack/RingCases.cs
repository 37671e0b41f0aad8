using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Backend.Tests.Differential;
using Emu.Backend.Threaded.Tests.Handlers;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Stack;

/// <summary>Rings for every handler of the tables.</summary>
internal static class RingCases
{
    private const ulong FirstPlace = StartState.MemoryStart + 0x100;

    /// <summary>Every micro-op alone, accesses aligned and misaligned.</summary>
    public static IEnumerable<RingCase> Singles() =>
        from single in HandlerTable<FlatMemory>.Instance.Singles()
        where KeyedOp.IsReachable(single.Key)
        from misaligned in KeyedOp.IsAccess(single.Key) && KeyedOp.SizeOf(single.Key) > 1 ? (ulong[])[0, 1] : [0]
        select Single(single.Key, misaligned);

    /// <summary>Every pair.</summary>
    public static IEnumerable<RingCase> Fused()
    {
        var random = new Random(3);
        return FusedCase.All.Select(fused => Of(fused, fused.StoresWhereItJumps ? Ring.Pc : FirstPlace, Ring.Pc, random));
    }

    /// <summary>Every pair whose first or second op is an access, misaligned.</summary>
    public static IEnumerable<RingCase> SlowFused()
    {
        var random = new Random(3);
        return FusedCase.All.Where(fused => !fused.StoresWhereItJumps).SelectMany(fused => Slow(fused, random));
    }

    private static RingCase Single(OpKey key, ulong misaligned)
    {
        var start = new StartState { [TestBlock.Offset(5)] = Ring.Pc + misaligned, [TestBlock.Offset(6)] = 3 };
        var immediate = key.Op.IsTerminal() ? Ring.Pc : 0;
        void Append(IrBuilder ir) => ir.Append(KeyedOp.Of(ir.Block, key, target: 7, a: 5, b: 6, immediate));
        return key.Op.IsTerminal() ? new RingCase(key.ToString(), [Append], start, Leaves: true) : RingCase.Of($"{key}, misaligned by {misaligned}", start, Append);
    }

    private static IEnumerable<RingCase> Slow(FusedCase fused, Random random)
    {
        if (KeyedOp.IsAccess(fused.First) && KeyedOp.SizeOf(fused.First) > 1)
            yield return Of(fused, FirstPlace + 1, Ring.Pc, random);
        if (KeyedOp.IsAccess(fused.Second) && KeyedOp.SizeOf(fused.Second) > 1)
            yield return Of(fused, FirstPlace, Ring.Pc + 1, random);
    }

    private static RingCase Of(FusedCase fused, ulong firstPlace, ulong secondPlace, Random random)
    {
        var tried = (fused with { Target = Ring.Pc }).ForPlace(secondPlace);
        var repeats = fused.Leaves ? 1 : RingCase.Repeats;
        return new RingCase(
            $"{fused} at 0x{firstPlace:x} and 0x{secondPlace:x}", [.. Enumerable.Repeat(tried.Ops, repeats).SelectMany(ops => ops)],
            tried.Start(firstPlace, secondPlace, random), fused.Leaves, Fuse: true);
    }
}
