using Emu.Backend.X64;
using Emu.Engine.CodeCache;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Execution;

/// <summary>Programs that do not fit into the code cache: all code is dropped again and again while several vCPUs are in it, and nothing is lost or done twice.</summary>
public sealed class SmallCodeCacheTests
{
    private const int Blocks = 600;
    private const int InstructionsPerBlock = 5;
    private const int Rounds = 4;
    private const int VCpus = 4;

    /// <summary>Instructions of one vCPU: the loop's set-up, blocks and end of each round, a jump back for all but the last, the store, the exit call.</summary>
    private const int Executed = 1 + Rounds * (Blocks * InstructionsPerBlock + 2) + (Rounds - 1) + 1 + 2;

    public static IEnumerable<(string, string?)> Cases() =>
        [.. from backend in (string[])["threaded", "x64"] from plugin in (string?[])[null, "insn", "insn,inline", "mem"] select (backend, plugin)];

    [Test]
    [MethodDataSource(nameof(Cases))]
    public async Task Results_and_counts_are_those_of_a_large_one(string backend, string? plugin)
    {
        var large = await Run(backend, plugin, BlockCache.DefaultArenaSize);
        var small = await Run(backend, plugin, SizeFor(backend));
        await Assert.That(large.Flushes).IsEqualTo(0);
        await Assert.That(small.Flushes).IsGreaterThan(3);
        await Assert.That(small.Results).IsEqualTo(large.Results);
        await Assert.That(small.Report).IsEqualTo(large.Report);
        if (plugin?.StartsWith("insn", StringComparison.Ordinal) == true)
            await Assert.That(small.Report).Contains($"total insns: {VCpus * Executed}");
    }

    [Test]
    [Arguments("threaded", 16 << 10)]
    [Arguments("x64", 64 << 10)]
    public async Task A_block_that_has_no_room_in_an_empty_cache_is_made_shorter(string backend, int bytes)
    {
        const int Sums = 500;
        using var machine = New(backend, bytes, static code =>
        {
            for (var number = 0; number < Sums; number++)
                code.Addi(XRegister.A0, XRegister.A0, number);
            code.Sd(XRegister.A0, XRegister.S0, 0);
        });
        machine.Run();
        await Assert.That(machine.Memory.TryRead(TestMachine.Data, out ulong sum)).IsTrue();
        await Assert.That(sum).IsEqualTo((ulong)(Sums * (Sums - 1) / 2));
        await Assert.That(machine.Machine.Code.Translations).IsGreaterThan(1);
    }

    /// <summary>Bytes that hold some of the blocks, not all.</summary>
    private static int SizeFor(string backend) => backend == "x64" ? 96 << 10 : 48 << 10;

    private static async Task<(string Results, string Report, long Flushes)> Run(string backend, string? plugin, long bytes)
    {
        using var machine = New(backend, bytes, ManyBlocks);
        if (plugin is not null)
            machine.InstallNamed(plugin);
        await Task.WhenAll(Enumerable.Range(0, VCpus).Select(number =>
            machine.Start(vcpu => vcpu.Register(RiscVState.OffsetOf(XRegister.S0)) = TestMachine.Data + 8UL * (ulong)number)));
        var results = new ulong[VCpus];
        for (var number = 0; number < VCpus; number++)
            await Assert.That(machine.Memory.TryRead(TestMachine.Data + 8UL * (ulong)number, out results[number])).IsTrue();
        // The plugins' end drops all code, too.
        var flushes = machine.Machine.Code.Flushes;
        // Which vCPU had which index is the threads' affair.
        var report = string.Join('\n', machine.Exit().Split('\n').Where(static line => !line.StartsWith("cpu ", StringComparison.Ordinal)));
        return (string.Join(' ', results), report, flushes);
    }

    /// <summary>A chain of small blocks, gone through several times; a0, which is stored at the end, depends on all of them.</summary>
    private static void ManyBlocks(Assembler code)
    {
        var (top, done) = (new Label(), new Label());
        code.Addi(XRegister.S2, XRegister.Zero, Rounds);
        code.Place(top);
        for (var number = 0; number < Blocks; number++)
        {
            var next = new Label();
            code.Slli(XRegister.T0, XRegister.A0, 1);
            code.Srli(XRegister.T1, XRegister.A0, 3);
            code.Xor(XRegister.A0, XRegister.T0, XRegister.T1);
            code.Addi(XRegister.A0, XRegister.A0, number);
            code.Bgeu(XRegister.A0, XRegister.Zero, next);
            code.Addi(XRegister.A0, XRegister.A0, 1);
            code.Place(next);
        }

        code.Addi(XRegister.S2, XRegister.S2, -1);
        code.Beq(XRegister.S2, XRegister.Zero, done);
        code.Jal(XRegister.Zero, top);
        code.Place(done);
        code.Sd(XRegister.A0, XRegister.S0, 0);
    }

    private static TestMachine New(string backend, long bytes, Action<Assembler> program) =>
        new(program, backend: backend == "x64" ? (guest, memory) => new X64Backend(guest, memory, bytes) : null, codeBytes: bytes);
}
