using Emu.Backend.Tests.Differential;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.X64.Tests.Code;

/// <summary>
/// Whatever a guest computes as an address, it reaches its own pages or it faults, at the address and the instruction where the reference interpreter faults. Addresses are
/// chosen around everything that lies near the guest: the ends of its space, of the region, of the guards, and the permission table.
/// </summary>
public sealed unsafe class IsolationTests : IDisposable
{
    private const int Blocks = 4000;

    private readonly Comparison _comparison = new();
    private readonly ulong[] _edges;

    public IsolationTests()
    {
        using var memory = new GuestMemory();
        if (!memory.IsGuarded)
            Assert.Fail("there are no guards around the guest's memory");
        var start = (ulong)memory.Base;
        _edges =
        [
            0, StartState.MemoryStart, StartState.MemoryStart + StartState.MemorySize, GuestMemory.Size, start, 2 * start, 2 * start + (1 << 28), 2 * start + (1 << 30), 0 - start,
            1UL << 31, 1UL << 32, 1UL << 47, 1UL << 63,
            unchecked((ulong)GuestMemory.PermissionTable), unchecked((ulong)GuestMemory.PermissionTable) + GuestMemory.PermissionTableSize,
            unchecked((ulong)-(1L << 28)), unchecked((ulong)-(1L << 31)),
            // Where the host keeps its own things, as seen from the guest's memory.
            (ulong)(nint)(&start) - start, (ulong)(nint)(delegate*<void>)&Nothing - start,
        ];
    }

    public void Dispose() => _comparison.Dispose();

    [Test]
    public void Random_addresses_near_edges_by_every_form_of_access()
    {
        for (var seed = 0; seed < Blocks; seed++)
        {
            var random = new Random(seed);
            var start = new StartState();
            // Pinned registers and others.
            int[] registers = [TestBlock.Offset(10 + random.Next(6)), TestBlock.Offset(20 + random.Next(6)), TestBlock.Offset(8)];
            foreach (var register in registers)
                start[register] = Edge(random);
            var block = TestBlock.Of([.. Enumerable.Range(0, 6).Select(_ => Step(random, registers))]);
            _comparison.Check(block, start, $"seed {seed}");
        }
    }

    [Test]
    public void A_base_that_was_tested_does_not_vouch_for_what_is_made_of_it_far_away()
    {
        foreach (var step in (long[])[1 << 20, 1 << 27, 1 << 28, (1 << 28) + 8, 1 << 29, 1L << 30, 1L << 37, -(1 << 20), -(1 << 28), -(1L << 30)])
            foreach (var count in (int[])[1, 2, 3, 8])
            {
                var (start, register) = (new StartState(), TestBlock.Offset(10));
                start[register] = StartState.MemoryStart;
                List<Action<IrBuilder>> steps = [ir => ir.SetGlobal(TestBlock.Offset(11), ir.Load(ir.Global(register), 0, 8))];
                for (var i = 0; i < count; i++)
                    steps.Add(ir => ir.SetGlobal(register, ir.Add(ir.Global(register), ir.Constant(step))));
                steps.Add(ir => ir.Store(ir.Global(register), ir.Constant(1UL), 0, 8));
                _comparison.Check(TestBlock.Of([.. steps]), start, $"{count} steps of {step}");
            }
    }

    private static void Nothing()
    {
    }

    private ulong Edge(Random random) => _edges[random.Next(_edges.Length)] + (ulong)(long)(random.Next(3) * 8 - 8 + random.Next(3) - 1);

    private Action<IrBuilder> Step(Random random, int[] registers)
    {
        var register = registers[random.Next(registers.Length)];
        long[] displacements = [0, 8, -8, 2047, -2048, random.Next(-16, 16), 1 << 27, -(1 << 27), int.MaxValue, int.MinValue];
        var displacement = displacements[random.Next(displacements.Length)];
        var size = (byte)(1 << random.Next(4));
        var edge = Edge(random);
        return random.Next(8) switch
        {
            0 or 1 => ir => ir.SetGlobal(TestBlock.Offset(5), ir.Load(ir.Global(register), displacement, size)),
            2 => ir => ir.Store(ir.Global(register), ir.Global(TestBlock.Offset(6)), displacement, size),
            3 => ir => ir.SetGlobal(register, ir.Load(ir.Global(register), displacement, 8)),
            4 => ir => ir.Store(ir.Constant(edge), ir.Constant(5UL), 0, size),
            5 => ir => ir.SetGlobal(register, ir.Add(ir.Global(register), ir.Constant(displacement))),
            6 => ir => ir.SetGlobal(512, ir.Load(ir.Global(register), displacement, 8)),
            _ => ir => ir.SetGlobal(TestBlock.Offset(7), ir.AtomicAdd(ir.Global(register), ir.Constant(1UL), 8)),
        };
    }
}
