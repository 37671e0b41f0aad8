namespace Emu.Ir.Tests.Float;

/// <summary>Results that RISC-V instructions gave, recorded in <c>tests/guests/float/vectors.txt</c>.</summary>
public sealed class RecordedVectorsTests
{
    [Test]
    public async Task EveryRecordedVectorIsReproduced()
    {
        var lines = File.ReadAllLines(FloatTestFiles.Vectors);
        var wrong = FloatTestFiles.Differences(lines);
        await Assert.That(wrong.Count == 0).IsTrue().Because($"{wrong.Count} of {lines.Length} differ:\n{string.Join('\n', wrong.Take(20))}");
    }

    [Test]
    public async Task EveryOpIsRecordedInEveryMode()
    {
        var recorded = File.ReadAllLines(FloatTestFiles.Vectors).Select(FloatVector.Parse).Select(v => (v.Op, v.Size, v.Mode)).ToHashSet();
        var wanted =
            from op in FloatVector.AllOps()
            from mode in Enumerable.Range(0, 5)
            select (op.Op, op.Size, (IrRounding)mode);
        await Assert.That(wanted.Except(recorded)).IsEmpty();
    }
}
