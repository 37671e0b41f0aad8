using System.Text;

namespace Emu.Ir.Tests.Float;

/// <summary>Fresh random vectors through the checked-in guest, which computes them with RISC-V instructions.</summary>
public sealed class QemuVectorsTests
{
    private const string Newer = "EMU_QEMU_RISCV64";
    private const int Count = 100_000;

    [Test]
    [Arguments(20200604)]
    [Arguments(7541985)]
    public async Task RandomVectorsAgree(int seed)
    {
        Skip.Unless(Oracle.Qemu.Path is not null, $"{Oracle.Qemu.SkipReason}; RecordedVectorsTests has its results for fewer vectors");
        await Compare(seed, FloatVector.HostOps(), Oracle.Qemu.Path!, []);
    }

    /// <summary>Half precision and Zfa, too.</summary>
    [Test]
    [Arguments(20192023)]
    [Arguments(16)]
    public async Task RandomVectorsOfEveryOpAgreeInANewerQemu(int seed)
    {
        var qemu = Environment.GetEnvironmentVariable(Newer);
        Skip.Unless(qemu is not null, $"{Newer} names no qemu-riscv64 of version 10 or later; RecordedVectorsTests has its results for fewer vectors");
        await Compare(seed, FloatVector.AllOps(), qemu!, ["-cpu", "max"]);
    }

    private static async Task Compare(int seed, IEnumerable<(IrOp Op, int Size)> ops, string qemu, string[] options)
    {
        TestContext.Current!.Output.WriteLine($"seed {seed}");
        var vectors = FloatVectorSource.Random(seed, ops).Take(Count).Select(v => v.ToString()).ToArray();
        var lines = RunGuest(qemu, options, vectors);
        await Assert.That(lines.Length).IsEqualTo(vectors.Length);
        var wrong = FloatTestFiles.Differences(lines);
        await Assert.That(wrong.Count == 0).IsTrue().Because($"seed {seed}: {wrong.Count} of {Count} differ:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static string[] RunGuest(string qemu, string[] options, string[] input)
    {
        var launch = Launch.Of(qemu, [.. options, FloatTestFiles.Guest]) with { Input = Encoding.ASCII.GetBytes(string.Join('\n', input) + "\n") };
        var outcome = launch.Run();
        if (outcome.Status != 0)
            throw new InvalidOperationException($"{launch} ended with {outcome.Status}: {outcome.ErrorText}");
        Oracle.Compared("vectors");
        return outcome.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
