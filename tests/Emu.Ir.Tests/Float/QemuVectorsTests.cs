using System.Diagnostics;

namespace Emu.Ir.Tests.Float;

/// <summary>Fresh random vectors through the checked-in guest, which computes them with RISC-V instructions.</summary>
public sealed class QemuVectorsTests
{
    private const string Newer = "EMU_QEMU_RISCV64";
    private const string Qemu = "/usr/bin/qemu-riscv64";
    private const int Count = 100_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    [Arguments(20200604)]
    [Arguments(7541985)]
    public async Task RandomVectorsAgree(int seed)
    {
        if (!File.Exists(Qemu)) Skip.Test($"{Qemu} is not installed; RecordedVectorsTests has its results for fewer vectors");
        await Compare(seed, FloatVector.HostOps(), Qemu, []);
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
        var lines = await RunGuest(qemu, options, vectors);
        await Assert.That(lines.Count).IsEqualTo(vectors.Length);
        var wrong = FloatTestFiles.Differences(lines);
        await Assert.That(wrong.Count == 0).IsTrue().Because($"seed {seed}: {wrong.Count} of {Count} differ:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static async Task<List<string>> RunGuest(string qemu, string[] options, string[] input)
    {
        using var guest = Process.Start(new ProcessStartInfo(qemu, [.. options, FloatTestFiles.Guest])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current!.Execution.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var writing = Task.Run(
                async () =>
                {
                    foreach (var line in input) await guest.StandardInput.WriteAsync((line + "\n").AsMemory(), limit.Token);
                    guest.StandardInput.Close();
                },
                limit.Token);
            List<string> lines = [];
            while (await guest.StandardOutput.ReadLineAsync(limit.Token) is { } line) lines.Add(line);
            await writing;
            await guest.WaitForExitAsync(limit.Token);
            await Assert.That(guest.ExitCode).IsEqualTo(0);
            return lines;
        }
        finally
        {
            if (!guest.HasExited) guest.Kill();
        }
    }
}
