using System.Buffers.Binary;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.Tests.Differential;

/// <summary>Atomic operations on one vCPU: values, alignment, faults, reservations.</summary>
public sealed class AtomicTests : IDisposable
{
    private const ulong Place = StartState.MemoryStart + 0x100;
    private const ulong Other = Place + 8;

    private static readonly ulong[] Values = [0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x80000000FFFFFFFF, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, ulong.MaxValue];

    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    public static IEnumerable<(IrOp, int)> Modifications() =>
        [.. from op in Enum.GetValues<IrOp>() where op is >= IrOp.AtomicSwap and <= IrOp.AtomicMaxUnsigned from size in (int[])[4, 8] select (op, size)];

    [Test]
    [MethodDataSource(nameof(Modifications))]
    public void Read_modify_write_gives_the_old_value_and_leaves_the_new(IrOp op, int size)
    {
        foreach (var old in Values)
            foreach (var operand in Values)
                foreach (var kind in Operands.Kinds)
                {
                    var start = Start(old);
                    var block = TestBlock.Of(ir => ir.Append(Atomic(op, size, ir.Operand(start, kind, 5, Place), ir.Operand(start, kind, 6, operand))));
                    _comparison.Check(block, start, $"{op} {size} of 0x{old:x} and 0x{operand:x}, {kind}");
                }
    }

    [Test]
    public void Every_atomic_op_refuses_what_is_misaligned_unmapped_or_read_only()
    {
        const ulong readOnly = StartState.MemoryStart + StartState.WritableSize;
        ulong[] places = [Place + 1, Place + 2, Place + 4, Place + 7, readOnly, readOnly + 4, readOnly - 4, 0, 4, GuestMemory.Size, ulong.MaxValue, ulong.MaxValue - 7];
        foreach (var op in Enum.GetValues<IrOp>().Where(op => op is >= IrOp.LoadReserved and <= IrOp.AtomicMaxUnsigned))
            foreach (var size in (int[])[4, 8])
                foreach (var place in places)
                {
                    var start = Start(3);
                    start[TestBlock.Offset(5)] = place;
                    var block = TestBlock.Of(
                        ir => ir.SetGlobal(TestBlock.Offset(9), ir.Constant(1UL)),
                        ir => ir.Append(Atomic(op, size, ir.Global(TestBlock.Offset(5)), ir.Constant(1UL))));
                    _comparison.Check(block, start, $"{op} {size} at 0x{place:x}");
                }
    }

    [Test]
    public void A_store_conditional_succeeds_once_on_the_reserved_place()
    {
        foreach (var loadSize in (int[])[4, 8])
            foreach (var storeSize in (int[])[4, 8])
                foreach (var storePlace in (ulong[])[Place, Other, Place + 4, StartState.MemoryStart + StartState.WritableSize])
                    foreach (var old in Values)
                    {
                        var start = Start(old);
                        (start[TestBlock.Offset(5)], start[TestBlock.Offset(6)]) = (Place, storePlace);
                        var block = TestBlock.Of(
                            ir => ir.Append(Atomic(IrOp.LoadReserved, loadSize, ir.Global(TestBlock.Offset(5)), default)),
                            ir => ir.Append(Conditional(storeSize, ir.Global(TestBlock.Offset(6)), ir.Constant(77UL), 10)),
                            ir => ir.Append(Conditional(storeSize, ir.Global(TestBlock.Offset(6)), ir.Constant(88UL), 11)));
                        _comparison.Check(block, start, $"{loadSize} {storeSize} at 0x{storePlace:x} of 0x{old:x}");
                    }
    }

    [Test]
    public void A_store_conditional_to_a_page_that_was_only_readable_faults()
    {
        var start = Start(0);
        start[TestBlock.Offset(5)] = StartState.MemoryStart + StartState.WritableSize;
        var block = TestBlock.Of(
            ir => ir.Append(Atomic(IrOp.LoadReserved, 8, ir.Global(TestBlock.Offset(5)), default)),
            ir => ir.Append(Conditional(8, ir.Global(TestBlock.Offset(5)), ir.Constant(77UL), 10)));
        _comparison.Check(block, start, "read-only");
    }

    [Test]
    public void A_store_conditional_fails_when_the_value_changed()
    {
        var start = Start(5);
        start[TestBlock.Offset(5)] = Place;
        var block = TestBlock.Of(
            ir => ir.Append(Atomic(IrOp.LoadReserved, 8, ir.Global(TestBlock.Offset(5)), default)),
            ir => ir.Store(ir.Global(TestBlock.Offset(5)), ir.Constant(6UL), 0, 1),
            ir => ir.Fence(),
            ir => ir.Append(Conditional(8, ir.Global(TestBlock.Offset(5)), ir.Constant(77UL), 10)));
        _comparison.Check(block, start, "changed");
    }

    [Test]
    public void A_store_conditional_that_fails_by_its_value_asks_for_no_right_to_write()
    {
        for (var offset = 0UL; offset < 0x400; offset += 8)
        {
            var start = Start(0);
            start[TestBlock.Offset(5)] = StartState.MemoryStart + StartState.WritableSize + offset;
            var block = TestBlock.Of(
                ir => ir.Append(Atomic(IrOp.LoadReserved, 4, ir.Global(TestBlock.Offset(5)), default)),
                ir => ir.Append(Conditional(8, ir.Global(TestBlock.Offset(5)), ir.Constant(77UL), 10)));
            _comparison.Check(block, start, $"offset 0x{offset:x}");
        }
    }

    private static IrInsn Atomic(IrOp op, int size, IrValue address, IrValue operand) => new()
    {
        Op = op, Size = (byte)size, Dst = IrValue.Global(TestBlock.Offset(7)), A = address, B = op == IrOp.LoadReserved ? default : operand,
    };

    private static IrInsn Conditional(int size, IrValue address, IrValue value, int target) =>
        Atomic(IrOp.StoreConditional, size, address, value) with { Dst = IrValue.Global(TestBlock.Offset(target)) };

    private static StartState Start(ulong value)
    {
        var start = new StartState();
        BinaryPrimitives.WriteUInt64LittleEndian(start.Memory.AsSpan((int)(Place - StartState.MemoryStart)), value);
        return start;
    }
}
