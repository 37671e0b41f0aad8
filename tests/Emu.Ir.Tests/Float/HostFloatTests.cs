using Emu.Ir.Float;

namespace Emu.Ir.Tests.Float;

/// <summary><see cref="HostFloat"/> against <see cref="SoftFloat"/>: results and flags, from every state of the flags that it looks at.</summary>
public sealed class HostFloatTests
{
    private const int Count = 1_500_000;

    [Test]
    [Arguments(1985)]
    [Arguments(2008)]
    [Arguments(2019)]
    public void AgreesWithSoftFloat(int seed)
    {
        TestContext.Current!.Output.WriteLine($"seed {seed}");
        var random = new Random(~seed);
        foreach (var drawn in FloatVectorSource.Random(seed).Take(Count))
        {
            // Nearest-even is where the host computes.
            var vector = random.Next(2) == 0 ? drawn with { Mode = IrRounding.NearestEven } : drawn;
            AssertSame(vector, initial: random.Next(3) == 0 ? 0 : (uint)random.Next(32), seed);
        }
    }

    [Test]
    [Arguments(4)]
    [Arguments(8)]
    public void AgreesForAllPairsOfEdges(int size)
    {
        ulong[] edges = size == 4
            ? [0, 1, 2, 0x7fffff, 0x800000, 0x800001, 0x1000000, 0x1800000, 0x3f7fffff, 0x3f800000, 0x3f800001, 0x40000000, 0x7e800000,
                0x7f000000, 0x7f7ffffe, 0x7f7fffff, 0x7f800000, 0x7f800001, 0x7fc00000, 0x7fc00001]
            : [0, 1, 2, 0xfffffffffffff, 0x10000000000000, 0x10000000000001, 0x20000000000000, 0x30000000000000, 0x3fefffffffffffff,
                0x3ff0000000000000, 0x3ff0000000000001, 0x4000000000000000, 0x7fd0000000000000, 0x7fe0000000000000, 0x7feffffffffffffe,
                0x7fefffffffffffff, 0x7ff0000000000000, 0x7ff0000000000001, 0x7ff8000000000000, 0x7ff8000000000001];
        var sign = 1UL << (8 * size - 1);
        ulong[] all = [.. edges, .. edges.Select(edge => edge | sign)];
        foreach (var (op, _) in FloatVector.HostOps().Where(op => op.Size == size))
        {
            foreach (var a in all)
            foreach (var b in all)
            {
                AssertSame(new FloatVector(op, size, IrRounding.NearestEven, a, b, all[(a + b) % (ulong)all.Length]), 0, seed: 0);
                AssertSame(new FloatVector(op, size, IrRounding.NearestEven, a, b, all[(a + b) % (ulong)all.Length]), FloatFlags.Inexact, seed: 0);
            }
        }
    }

    [Test]
    public async Task IgnoresTheHighHalfOf32BitOperands()
    {
        const ulong High = 0xffffffff00000000, One = 0x3f800000, Two = 0x40000000;
        await Assert.That(Add(High | One, High | Two)).IsEqualTo((0x40400000UL, 0u));
        await Assert.That(Min(High | One, High | Two)).IsEqualTo((One, 0u));
        await Assert.That(Min(High | One, One)).IsEqualTo((One, 0u));
        await Assert.That(AreEqual(High | One, One)).IsEqualTo((1UL, 0u));
        await Assert.That(Widen(High | One)).IsEqualTo((0x3ff0000000000000UL, 0u));
    }

    private static unsafe (ulong Value, uint Flags) Add(ulong a, ulong b)
    {
        uint flags = 0;
        return (HostFloat.Add32(a, b, IrRounding.NearestEven, &flags), flags);
    }

    private static unsafe (ulong Value, uint Flags) Min(ulong a, ulong b)
    {
        uint flags = 0;
        return (HostFloat.Min32(a, b, &flags), flags);
    }

    private static unsafe (ulong Value, uint Flags) AreEqual(ulong a, ulong b)
    {
        uint flags = 0;
        return (HostFloat.Equal32(a, b, &flags), flags);
    }

    private static unsafe (ulong Value, uint Flags) Widen(ulong a)
    {
        uint flags = 0;
        return (HostFloat.Widen(a, &flags), flags);
    }

    private static unsafe void AssertSame(in FloatVector vector, uint initial, int seed)
    {
        var (value, raised) = vector.Evaluate();
        var flags = initial;
        var actual = HostFloatCalls.Call(vector, &flags);
        if (actual == value && flags == (initial | raised)) return;
        Assert.Fail($"seed {seed}, {vector}, flags {initial:x}: soft {value:x} {initial | raised:x}, host {actual:x} {flags:x}");
    }
}
