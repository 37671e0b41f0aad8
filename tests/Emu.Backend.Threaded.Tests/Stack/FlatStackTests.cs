namespace Emu.Backend.Threaded.Tests.Stack;

/// <summary>
/// No handler grows the stack: each runs in a ring of threaded code, on a thread whose stack a missing tail call would soon overflow, and the depth is
/// measured each time around. Each class of handlers makes ten million executions in all; the plainest handlers make as many on their own.
/// </summary>
public sealed class FlatStackTests : IDisposable
{
    private const int Executions = 10_000_000;

    private readonly Ring _ring = new();

    public void Dispose() => _ring.Dispose();

    [Test]
    public async Task Micro_ops_keep_the_stack_flat() => await Check(RingCases.Singles());

    [Test]
    public async Task Fused_ops_keep_the_stack_flat() => await Check(RingCases.Fused());

    [Test]
    public async Task Slow_accesses_in_fused_ops_keep_the_stack_flat() => await Check(RingCases.SlowFused());

    [Test]
    public async Task Select_fence_and_helpers_keep_the_stack_flat() => await Check(OpRings.Plain());

    [Test]
    public async Task Atomics_keep_the_stack_flat() => await Check(OpRings.Atomics());

    [Test]
    public async Task Float_ops_keep_the_stack_flat() => await Check(OpRings.Floats());

    [Test]
    public async Task Plugin_ops_keep_the_stack_flat() => await Check(OpRings.Plugins());

    [Test]
    public async Task A_sample_of_handlers_makes_ten_million_executions_each()
    {
        string[] names = ["Add.0 Register Immediate", "Load.3 Register Immediate", "Store.3 Register Register", "Branch.1 Register Register", "Jump.0 Register Register"];
        var sample = RingCases.Singles().Where(ring => names.Any(name => ring.Name.StartsWith(name, StringComparison.Ordinal))).ToArray();
        await Assert.That(sample.Length >= names.Length).IsTrue();
        foreach (var ring in sample)
            SmallStack.Run(() => _ring.Turn(ring, Executions / ring.Ops.Length));
    }

    private async Task Check(IEnumerable<RingCase> cases)
    {
        var rings = cases.ToArray();
        await Assert.That(rings).IsNotEmpty();
        var rounds = Math.Max(Executions / rings.Sum(ring => ring.Ops.Length), 100);
        // The compiler needs more stack than the code that it makes: every handler is compiled before the small stack comes.
        foreach (var ring in rings)
            _ring.Turn(ring, rounds: 2);
        SmallStack.Run(() =>
        {
            foreach (var ring in rings)
                _ring.Turn(ring, rounds);
        });
    }
}
