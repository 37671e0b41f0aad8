using Emu.Backend.Threaded.MicroOps;
using Emu.Backend.Threaded.Tests.Differential;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>Every fused pair of the handler table means what its two ops mean, also when the first or the second access is slow or fails.</summary>
public sealed unsafe class PairTests : IDisposable
{
    private const ulong FirstPlace = StartState.MemoryStart + 0x100;
    private const ulong SecondPlace = StartState.MemoryStart + 0x800;

    /// <summary>Misaligned, over two pages, over the last writable page's end, read-only, unmapped, outside.</summary>
    private static readonly ulong[] BadPlaces =
    [
        StartState.MemoryStart + 0x203, StartState.MemoryStart + GuestMemory.PageSize - 1, StartState.MemoryStart + StartState.WritableSize - 1,
        StartState.MemoryStart + StartState.WritableSize, StartState.MemoryStart + StartState.MemorySize - 1, 0x1000, GuestMemory.Size, ulong.MaxValue - 2,
    ];

    private readonly Comparison _comparison = new();
    private readonly ThreadedRun _fused = new(fuse: true);

    public void Dispose()
    {
        _comparison.Dispose();
        _fused.Dispose();
    }

    [Fact]
    public void Every_pair_of_the_table_is_taken_for_its_two_ops()
    {
        var pairs = 0;
        foreach (var pair in PairCase.All)
        {
            _fused.Emit(pair.ForPlaces(SecondPlace).Block());
            var first = (Op*)_fused.Record->Entry;
            Assert.True(pair.Handler == (nint)first->Run, $"{pair} has another handler");
            pairs++;
        }

        Assert.True(pairs > 1000, $"only {pairs} pairs");
    }

    [Fact]
    public void Pairs_do_what_their_ops_do()
    {
        var random = new Random(5);
        foreach (var pair in PairCase.All)
            for (var sample = 0; sample < 3; sample++)
            {
                var tried = pair.ForPlaces(SecondPlace) with { FirstImmediate = Operands.Edges[random.Next(Operands.Edges.Length)] };
                var start = tried.Start(FirstPlace, SecondPlace, random);
                _comparison.Check(tried.Block(), start, $"{tried}, sample {sample}");
            }
    }

    [Fact]
    public void A_slow_or_failing_first_access_is_exact()
    {
        var random = new Random(6);
        foreach (var pair in PairCase.All.Where(pair => KeyedOp.IsAccess(pair.First)))
            foreach (var place in BadPlaces)
            {
                var tried = pair.ForPlaces(SecondPlace);
                _comparison.Check(tried.Block(), tried.Start(place, SecondPlace, random), $"{tried}, first at 0x{place:x}");
            }
    }

    [Fact]
    public void A_slow_or_failing_second_access_is_exact_and_leaves_the_first_done()
    {
        var random = new Random(7);
        foreach (var pair in PairCase.All.Where(pair => KeyedOp.IsAccess(pair.Second)))
            foreach (var place in BadPlaces)
            {
                var tried = pair.ForPlaces(place);
                _comparison.Check(tried.Block(), tried.Start(FirstPlace, place, random), $"{tried}, second at 0x{place:x}");
            }
    }

    [Fact]
    public void Both_accesses_of_a_pair_may_touch_the_same_place()
    {
        var random = new Random(8);
        foreach (var pair in PairCase.All.Where(pair => KeyedOp.IsAccess(pair.First) && KeyedOp.IsAccess(pair.Second)))
        {
            var tried = pair.ForPlaces(FirstPlace);
            _comparison.Check(tried.Block(), tried.Start(FirstPlace, FirstPlace, random), $"{tried}, same place");
        }
    }
}
