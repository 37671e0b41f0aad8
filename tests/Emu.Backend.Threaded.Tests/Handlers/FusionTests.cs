using Emu.Backend.Tests.Differential;
using Emu.Engine.Memory;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>Every fused handler of the tables means what its ops mean, also when the first or the second access is slow or fails.</summary>
public sealed class FusionTests : IDisposable
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

    [Test]
    public async Task Every_entry_of_the_tables_is_taken_for_its_ops()
    {
        var entries = 0;
        foreach (var fused in FusedCase.All)
        {
            _fused.Emit(fused.ForPlace(SecondPlace).Block());
            await Assert.That(_fused.HandlerOf(fused.HasLead ? 1 : 0)).IsEqualTo(fused.Handler).Because($"{fused} has its own");
            entries++;
        }

        await Assert.That(entries).IsGreaterThan(1000);
    }

    [Test]
    public void Fused_ops_do_what_they_do_alone()
    {
        var random = new Random(5);
        foreach (var fused in FusedCase.All)
            for (var sample = 0; sample < 3; sample++)
            {
                var tried = fused.ForPlace(SecondPlace) with { FirstImmediate = Operands.Edges[random.Next(Operands.Edges.Length)] };
                var start = tried.Start(FirstPlace, SecondPlace, random);
                _comparison.Check(tried.Block(), start, $"{tried}, sample {sample}");
            }
    }

    [Test]
    public void A_slow_or_failing_first_access_is_exact()
    {
        var random = new Random(6);
        foreach (var fused in FusedCase.All.Where(fused => KeyedOp.IsAccess(fused.First)))
            foreach (var place in BadPlaces)
            {
                var tried = fused.ForPlace(SecondPlace);
                _comparison.Check(tried.Block(), tried.Start(place, SecondPlace, random), $"{tried}, first at 0x{place:x}");
            }
    }

    [Test]
    public void A_slow_or_failing_second_access_is_exact_and_leaves_the_first_done()
    {
        var random = new Random(7);
        foreach (var fused in FusedCase.All.Where(fused => KeyedOp.IsAccess(fused.Second)))
            foreach (var place in BadPlaces)
            {
                var tried = fused.ForPlace(place);
                _comparison.Check(tried.Block(), tried.Start(FirstPlace, place, random), $"{tried}, second at 0x{place:x}");
            }
    }

    [Test]
    public void Both_accesses_may_touch_the_same_place()
    {
        var random = new Random(8);
        foreach (var fused in FusedCase.All.Where(fused => KeyedOp.IsAccess(fused.First) && KeyedOp.IsAccess(fused.Second)))
        {
            var tried = fused.ForPlace(FirstPlace);
            _comparison.Check(tried.Block(), tried.Start(FirstPlace, FirstPlace, random), $"{tried}, same place");
        }
    }
}
