using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Backend.Tests.Differential;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.Threaded.Tests.Handlers;

/// <summary>Accesses in a row with one base are done by one handler, and mean what they mean alone, wherever the base points.</summary>
public sealed class RunTests : IDisposable
{
    private const int Base = 5, FirstValue = 10;

    /// <summary>Inside of a page, at the ends of pages, misaligned, read-only, unmapped, outside.</summary>
    private static readonly ulong[] Places =
    [
        StartState.MemoryStart + 0x100, StartState.MemoryStart + GuestMemory.PageSize - 8, StartState.MemoryStart + GuestMemory.PageSize, StartState.MemoryStart,
        StartState.MemoryStart + 0x203, StartState.MemoryStart + StartState.WritableSize - 8, StartState.MemoryStart + StartState.WritableSize + 64,
        StartState.MemoryStart + StartState.MemorySize - 8, 0x1000, GuestMemory.Size - 8, ulong.MaxValue - 7,
    ];

    private readonly Comparison _comparison = new();
    private readonly ThreadedRun _fused = new(fuse: true);

    public void Dispose()
    {
        _comparison.Dispose();
        _fused.Dispose();
    }

    [Test]
    public async Task Every_run_of_the_table_is_taken_and_means_its_accesses()
    {
        var random = new Random(9);
        var runs = 0;
        foreach (var (access, length, handler) in HandlerTable<FlatMemory>.Instance.Runs())
            foreach (var step in (int[])[KeyedOp.SizeOf(access), -3 * KeyedOp.SizeOf(access), 0])
            {
                var ops = Enumerable.Range(0, length).Select(index => Access(access, FirstValue + index, index * step)).ToArray();
                _fused.Emit(BlockOf(access, ops));
                await Assert.That(_fused.HandlerOf(Lead(access))).IsEqualTo(handler).Because($"{length} times {access} by {step} has its own");
                foreach (var place in Places)
                    _comparison.Check(BlockOf(access, ops), Start(place, random), $"{length} times {access} by {step} at 0x{place:x}");
                runs++;
            }

        await Assert.That(runs).IsGreaterThan(50);
    }

    [Test]
    public async Task A_run_reads_as_text()
    {
        var load = Load<FlatMemory, U64, Register>.Key;
        _fused.Emit(BlockOf(load, [.. Enumerable.Range(0, 3).Select(index => Access(load, FirstValue + index, 8 * index))]));
        await Assert.That(_fused.Text()).StartsWith($"  3 times {load} d=");
    }

    [Test]
    [Arguments(0L, 0x7FFFFFFFFFFFFFF8, -16L, 0L)] // around the address space, back to the first
    [Arguments(0L, 0x4000L, 0x8000L)] // over pages
    [Arguments(8L, 3L)] // not a multiple of the width
    [Arguments(8L, 8L, -8L)] // up and down: the last is not the farthest
    public void What_is_no_run_is_exact_too(params long[] displacements)
    {
        var random = new Random(10);
        foreach (var access in (OpKey[])[Load<FlatMemory, U64, Register>.Key, Store<FlatMemory, U64, Register, Register>.Key])
            foreach (var place in Places)
                _comparison.Check(
                    BlockOf(access, [.. displacements.Select((displacement, index) => Access(access, FirstValue + index, displacement))]), Start(place, random),
                    $"{access} at 0x{place:x}");
    }

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(2)]
    public void A_load_over_the_base_ends_the_run(int index)
    {
        var random = new Random(11);
        var load = Load<FlatMemory, U64, Register>.Key;
        var start = Start(Places[0], random);
        BitConverter.TryWriteBytes(start.Memory.AsSpan(0x100 + 8 * index), Places[0] + 0x80);
        _comparison.Check(
            BlockOf(load, [.. Enumerable.Range(0, 3).Select(place => Access(load, place == index ? Base : FirstValue + place, 8 * place))]), start,
            $"base overwritten by load {index}");
    }

    private static int Lead(OpKey access) => access.A == SourceKind.Previous ? 1 : 0;

    /// <summary>Other ops stand around the accesses; where they take their base from the op before them, that computes it.</summary>
    private static IrBlock BlockOf(OpKey access, Action<IrBuilder>[] accesses) => TestBlock.Of(
        [.. (Lead(access) == 0 ? (Action<IrBuilder>[])[] : [AppendBase]), .. accesses, static ir => ir.Fence()]);

    private static void AppendBase(IrBuilder ir)
    {
        var source = ir.Global(TestBlock.Offset(6));
        ir.SetGlobal(TestBlock.Offset(Base), ir.Select(source, source, source));
    }

    private static Action<IrBuilder> Access(OpKey key, int register, long displacement) =>
        ir => ir.Append(KeyedOp.Of(ir.Block, key, register, Base, register, (ulong)displacement));

    private static StartState Start(ulong place, Random random)
    {
        var start = new StartState();
        random.NextBytes(start.Memory.AsSpan(0, StartState.WritableSize));
        for (var register = FirstValue; register < FirstValue + RunTable.MaxLength; register++)
            start[TestBlock.Offset(register)] = (ulong)random.NextInt64();
        start[TestBlock.Offset(Base)] = start[TestBlock.Offset(6)] = place;
        return start;
    }
}
