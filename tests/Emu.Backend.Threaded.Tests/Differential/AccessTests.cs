using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.Tests.Differential;

/// <summary>Loads and stores of every width at every kind of place: values, and the exact address and instruction of faults.</summary>
public sealed class AccessTests : IDisposable
{
    private const ulong ReadOnly = StartState.MemoryStart + StartState.WritableSize;
    private const ulong End = StartState.MemoryStart + StartState.MemorySize;

    /// <summary>Aligned, misaligned, over two pages of the same and of different rights, over the ends of the mapping and of the address space.</summary>
    private static readonly ulong[] Places =
    [
        StartState.MemoryStart + 0x40, StartState.MemoryStart + 0x41, StartState.MemoryStart + 0x47,
        .. Around(StartState.MemoryStart), .. Around(StartState.MemoryStart + GuestMemory.PageSize), .. Around(ReadOnly), .. Around(End),
        .. Around(0), .. Around(GuestMemory.Size), .. Around(1UL << 63), .. Around(GuestMemory.Size * 2 + StartState.MemoryStart),
    ];

    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    private static IEnumerable<ulong> Around(ulong address)
    {
        foreach (var distance in (int[])[-8, -7, -4, -3, -2, -1, 0, 1])
            yield return address + (ulong)(long)distance;
    }

    [Test]
    [Arguments(1, false)]
    [Arguments(1, true)]
    [Arguments(2, false)]
    [Arguments(2, true)]
    [Arguments(4, false)]
    [Arguments(4, true)]
    [Arguments(8, false)]
    public void Loads(int size, bool isSigned)
    {
        var flags = isSigned ? IrFlags.Signed : IrFlags.None;
        foreach (var (place, kind, displacement) in Addresses())
        {
            var start = Start();
            var block = TestBlock.Of(
                ir => ir.SetGlobal(TestBlock.Offset(9), ir.Constant(1UL)),
                ir => ir.SetGlobal(TestBlock.Offset(7), ir.Load(ir.Operand(start, kind, 5, place - (ulong)displacement), displacement, (byte)size, flags)),
                ir => ir.Load(ir.Operand(start, kind, 5, place - (ulong)displacement), displacement, (byte)size, flags),
                ir => ir.SetGlobal(TestBlock.Offset(5), ir.Load(ir.Global(TestBlock.Offset(5)), displacement, (byte)size, flags)));
            _comparison.Check(block, start, $"load of {size} at 0x{place:x}, {kind} + {displacement}");
        }
    }

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(4)]
    [Arguments(8)]
    public void Stores(int size)
    {
        foreach (var (place, kind, displacement) in Addresses())
            foreach (var (valueKind, value) in ((OperandKind, ulong)[])
                [(OperandKind.Register, 0x8182838485868788), (OperandKind.Temporary, 1), (OperandKind.Constant, 0), (OperandKind.Constant, 0x99)])
            {
                var start = Start();
                var block = TestBlock.Of(
                    ir => ir.SetGlobal(TestBlock.Offset(9), ir.Constant(1UL)),
                    ir => ir.Store(
                        ir.Operand(start, kind, 5, place - (ulong)displacement), ir.Operand(start, valueKind, 6, value), displacement, (byte)size));
                _comparison.Check(block, start, $"store of {size} at 0x{place:x}, {kind} + {displacement}, {valueKind}");
            }
    }

    private static IEnumerable<(ulong Place, OperandKind Kind, long Displacement)> Addresses() =>
        from place in Places
        from kind in Operands.Kinds
        from displacement in (long[])[0, 8, -2048]
        select (place, kind, displacement);

    private static StartState Start()
    {
        var start = new StartState();
        new Random(2).NextBytes(start.Memory.AsSpan(0, StartState.WritableSize));
        return start;
    }
}
