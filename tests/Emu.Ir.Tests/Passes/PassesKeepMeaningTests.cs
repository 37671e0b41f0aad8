using System.Runtime.InteropServices;
using Emu.Ir.Passes;
using Emu.Ir.Reference;
using Emu.Ir.Reference.RandomBlocks;

namespace Emu.Ir.Tests.Passes;

/// <summary>
/// Random blocks end in the same state with and without passes: registers, float flags, memory, scoreboard, what plugins
/// saw, and how the block ended.
/// </summary>
public class PassesKeepMeaningTests
{
    private const int StateSize = 1024;
    private const int BlocksPerSet = 800;

    private static readonly unsafe int Helper = IrHelpers.Register("test_exchange", &Exchange);

    private readonly ulong[] _scoreboard = GC.AllocateArray<ulong>(2, pinned: true);
    private readonly RandomBlockOptions _options;

    public PassesKeepMeaningTests() =>
        _options = new RandomBlockOptions { Ops = RandomOps.All, Helpers = [Helper], ScoreboardEntry = Marshal.UnsafeAddrOfPinnedArrayElement(_scoreboard, 0) };

    public static IEnumerable<PassSet> Sets() =>
    [
        PassSet.All,
        .. IrPasses.Names.Select(Parse),
        .. IrPasses.Names.Select(name => PassSet.All & ~Parse(name)),
    ];

    [Test]
    [MethodDataSource(nameof(Sets))]
    public async Task RandomBlocksEndInTheSameState(PassSet passes)
    {
        var pipeline = new IrPipeline(passes) { IsVerifying = true };
        var block = new IrBlock();
        for (var seed = 0; seed < BlocksPerSet; seed++)
        {
            new RandomBlock(new Random(seed), _options).Fill(block);
            var before = IrPrinter.ToText(block);
            var expected = Run(block, seed);
            pipeline.Run(block);
            var actual = Run(block, seed);
            await Assert.That(actual).IsEqualTo(expected).Because($"seed {seed}, {passes}\n{before}\n{IrPrinter.ToText(block)}\n{expected}\n{actual}");
        }
    }

    private string Run(IrBlock block, int seed)
    {
        var random = new Random(seed);
        var state = new ReferenceState(StateSize, StateLayout.Default);
        var memory = RandomState.NewMemory(random, _options);
        RandomState.Fill(random, _options, state);
        var log = new HookLog();
        Array.Clear(_scoreboard);
        var end = new ReferenceInterpreter(state, memory, log).Run(block);
        return $"""
            {end} flags={state.FloatFlags} scoreboard={_scoreboard[0]} {_scoreboard[1]}
            {Convert.ToHexString(state.Registers)}
            {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(memory.Bytes))}
            {string.Join('\n', log.Lines)}
            {string.Join('\n', log.Records)}
            """;
    }

    private static PassSet Parse(string name) => IrPasses.TryParse(name, out var pass) ? pass : throw new ArgumentException(name);

    /// <summary>A helper that reads and writes registers that the IR does not name.</summary>
    private static unsafe ulong Exchange(void* state, ulong a, ulong b)
    {
        var registers = (ulong*)((byte*)state + IrGlobals.FirstRegister);
        var old = registers[a % 8];
        registers[b % 8] += a;
        return old;
    }
}
