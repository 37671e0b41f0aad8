using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary><c>--cpu</c>: what is off is not there, and what is refused is said in a line.</summary>
public sealed class CpuTests
{
    private const int KilledByIllegalInstruction = 128 + 4;

    [Test]
    [Arguments("zba")]
    [Arguments("zbb")]
    [Arguments("zbc")]
    [Arguments("zbs")]
    [Arguments("zbkb")]
    [Arguments("zicond")]
    [Arguments("zimop")]
    [Arguments("zcmop")]
    [Arguments("zcb")]
    [Arguments("zicboz")]
    [Arguments("zawrs")]
    [Arguments("zacas")]
    [Arguments("zabha")]
    [Arguments("zfhmin")]
    [Arguments("zfh")]
    [Arguments("zfa")]
    public async Task An_instruction_of_an_extension_that_is_off_is_illegal(string extension)
    {
        var off = Launch.Emu("--cpu", "max,-" + extension, "bin/extensions", extension).Run();
        await Assert.That(off.Status).IsEqualTo(KilledByIllegalInstruction);
        var on = Launch.Emu("--cpu", "max", "bin/extensions", extension).Run();
        await Assert.That(on.Status).IsEqualTo(0).Because(on.ErrorText);
        await Assert.That(on.OutputText).StartsWith(extension);
    }

    [Test]
    [Arguments("zicbop")]
    [Arguments("zihintntl")]
    public async Task A_hint_is_one_whether_or_not_its_extension_is_there(string extension) =>
        await Assert.That(Launch.Emu("--cpu", "rv64gc", "bin/extensions", extension).Run().Status).IsEqualTo(0);

    [Test]
    [Arguments("rva23u64", "emu: error: the CPU 'rva23u64' has v, zvbb, zvfhmin, which this build does not implement; without: rva23u64,-v\n")]
    [Arguments("rv64", "emu: error: unknown CPU 'rv64'; there are: rv64gc, rva20u64, rva22u64, rva23u64, max\n")]
    public async Task What_is_not_there_is_refused_in_a_line(string cpu, string message)
    {
        var outcome = Launch.Emu("--cpu", cpu, "bin/hello").Run();
        await Assert.That(outcome.Status).IsEqualTo(125);
        await Assert.That(outcome.ErrorText).IsEqualTo(message);
    }
}
