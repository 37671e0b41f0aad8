using Assert = Xunit.Assert;

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
    public void Micro_ops_keep_the_stack_flat() => Check(RingCases.Singles());

    [Test]
    public void Fused_ops_keep_the_stack_flat() => Check(RingCases.Fused());

    [Test]
    public void Slow_accesses_in_fused_ops_keep_the_stack_flat() => Check(RingCases.SlowFused());

    [Test]
    public void Select_fence_and_helpers_keep_the_stack_flat() => Check(OpRings.Plain());

    [Test]
    public void Atomics_keep_the_stack_flat() => Check(OpRings.Atomics());

    [Test]
    public void Float_ops_keep_the_stack_flat() => Check(OpRings.Floats());

    [Test]
    public void Plugin_ops_keep_the_stack_flat() => Check(OpRings.Plugins());

    [Test]
    public void A_sample_of_handlers_makes_ten_million_executions_each()
    {
        string[] names = ["Add.0 Register Immediate", "Load.3 Register Immediate", "Store.3 Register Register", "Branch.1 Register Register", "Jump.0 Register Register"];
        var sample = RingCases.Singles().Where(ring => names.Any(name => ring.Name.StartsWith(name, StringComparison.Ordinal))).ToArray();
        Assert.True(sample.Length >= names.Length);
        foreach (var ring in sample)
            SmallStack.Run(() => _ring.Turn(ring, Executions / ring.Ops.Length));
    }

    private void Check(IEnumerable<RingCase> cases)
    {
        var rings = cases.ToArray();
        Assert.NotEmpty(rings);
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
