using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Ir.Passes;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Execution;

/// <summary>Blocks that a fault or a trap leaves in their middle: what stands behind it was not executed, and nobody counts it, with any passes.</summary>
public sealed class LeftBlockTests
{
    private const int Before = 5;

    public static IEnumerable<PassSet> Passes() => [PassSet.None, PassSet.All & ~PassSet.Counters, PassSet.All & ~PassSet.Advance, PassSet.All];

    [Test]
    [MethodDataSource(nameof(Passes))]
    public async Task R36_a_load_that_faults_is_the_last_that_counts(PassSet passes) =>
        await Check(passes, static code => code.Ld(XRegister.T1, XRegister.Zero, 16), executed: Before + 1, loads: 1);

    [Test]
    [MethodDataSource(nameof(Passes))]
    public async Task R36_so_is_an_atomic_access_that_is_not_aligned(PassSet passes) =>
        await Check(passes, static code => code.AmoaddD(XRegister.T1, XRegister.T0, XRegister.T0, order: 0), executed: Before + 1, loads: 1);

    [Test]
    [MethodDataSource(nameof(Passes))]
    public async Task R36_so_is_an_addition_in_a_rounding_mode_that_there_is_not(PassSet passes) =>
        await Check(passes, static code => code.FaddD(FRegister.Fa0, FRegister.Fa1, FRegister.Fa2, 7), executed: Before + 1, loads: 1, prepare: static vcpu => SetRounding(vcpu, 5));

    private static unsafe void SetRounding(VCpuContext vcpu, uint mode) => vcpu.State->RoundingMode = mode;

    private static async Task Check(PassSet passes, Action<Assembler> leave, ulong executed, ulong loads, Action<VCpuContext>? prepare = null)
    {
        foreach (var (how, lower) in ((string, bool)[])[("", true), ("", false), (",inline", true)])
        {
            using var machine = new TestMachine(
                code =>
                {
                    code.Addi(XRegister.T0, XRegister.Zero, 1);
                    code.Addi(XRegister.T1, XRegister.Zero, 1);
                    code.Ld(XRegister.T2, XRegister.S0, 0);
                    code.Addi(XRegister.T1, XRegister.Zero, 1);
                    code.Addi(XRegister.T1, XRegister.Zero, 1);
                    leave(code);
                    code.Addi(XRegister.T1, XRegister.Zero, 1);
                    code.Sd(XRegister.T1, XRegister.S0, 0);
                    code.Addi(XRegister.T1, XRegister.Zero, 1);
                },
                new TranslationOptions { Passes = passes, LowerCallbacks = lower, Verify = true });
            machine.InstallNamed("insn" + how);
            machine.InstallNamed("bb" + how);
            machine.InstallNamed("mem" + how);
            machine.Run(prepare);
            await Assert.That(machine.Exit()).IsEqualTo(
                $"cpu 0 insns: {executed}\ntotal insns: {executed}\nCPU0: bb's: 1, insns: {executed}\nTotal: bb's: 1, insns: {executed}\nmem accesses: {loads}\n");
        }
    }
}
