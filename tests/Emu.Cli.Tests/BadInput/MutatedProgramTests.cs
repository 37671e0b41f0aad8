using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.BadInput;

/// <summary>
/// Programs with random bytes in their headers, on the published file: whatever they say, the run is refused with one line, or it is a guest's run. The loader
/// alone gets many more of them in Emu.Linux.Tests.
/// </summary>
public sealed class MutatedProgramTests
{
    private static readonly byte[] EdgeBytes = [0, 1, 0x7f, 0x80, 0xff];

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    public async Task A_mutated_header_is_refused_or_runs(int seed)
    {
        var random = new Random(seed);
        using var scratch = new ScratchFolder();
        for (var round = 0; round < 150; round++)
        {
            var program = Mutate(ElfFields.Good(), random);
            // A wrong entry may begin an endless loop: the kernel ends it after a second of computing.
            var outcome = Launch.EmuAfter("ulimit -t 1", scratch.Executable("program", program)).Run();
            var context = $"seed {seed}, round {round}: status {outcome.Status}, {outcome.ErrorText}";
            if (outcome.ErrorText.StartsWith("emu: error: ", StringComparison.Ordinal))
                await Assert.That(outcome.ExitCode == 126 && outcome.ErrorText.IndexOf('\n') == outcome.ErrorText.Length - 1).IsTrue().Because(context);
            else
                await Assert.That(outcome.ErrorText).IsEmpty().Because(context);
        }
    }

    private static byte[] Mutate(byte[] program, Random random)
    {
        var headers = ElfFields.Segment(4, 0);
        for (var count = random.Next(1, 5); count > 0; count--)
            program[random.Next(4, headers)] = random.Next(2) == 0 ? (byte)random.Next(256) : EdgeBytes[random.Next(EdgeBytes.Length)];
        return program;
    }
}
