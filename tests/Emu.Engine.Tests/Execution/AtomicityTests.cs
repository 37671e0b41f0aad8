using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;

namespace Emu.Engine.Tests.Execution;

/// <summary>Guest atomics are atomic between vCPUs.</summary>
public sealed class AtomicityTests
{
    private const int VCpus = 8;
    private const int Rounds = 20_000;

    [Test]
    [Arguments(4)]
    [Arguments(8)]
    public async Task Amoadd_counts_exactly(int size) => await Counts(code =>
    {
        code.Addi(XRegister.T0, XRegister.Zero, 1);
        code.Repeat(Rounds, () =>
        {
            if (size == 4)
                code.AmoaddW(XRegister.Zero, XRegister.S0, XRegister.T0, order: 0);
            else
                code.AmoaddD(XRegister.Zero, XRegister.S0, XRegister.T0, order: 0);
        });
    });

    [Test]
    [Arguments(4)]
    [Arguments(8)]
    public async Task Load_reserved_and_store_conditional_count_exactly(int size) => await Counts(code => code.Repeat(Rounds, () =>
    {
        var again = new Label();
        code.Place(again);
        if (size == 4)
            code.LrW(XRegister.T0, XRegister.S0, order: 0);
        else
            code.LrD(XRegister.T0, XRegister.S0, order: 0);
        code.Addi(XRegister.T0, XRegister.T0, 1);
        if (size == 4)
            code.ScW(XRegister.T1, XRegister.S0, XRegister.T0, order: 0);
        else
            code.ScD(XRegister.T1, XRegister.S0, XRegister.T0, order: 0);
        code.Bne(XRegister.T1, XRegister.Zero, again);
    }));

    [Test]
    public async Task A_spin_lock_of_amoswap_guards_plain_accesses() => await Counts(code =>
    {
        code.Addi(XRegister.T0, XRegister.Zero, 1);
        code.Repeat(Rounds / 20, () =>
        {
            var (wait, taken) = (new Label(), new Label());
            code.Addi(XRegister.S1, XRegister.S0, 64);
            code.Place(wait);
            code.AmoswapW(XRegister.T1, XRegister.S1, XRegister.T0, order: 0);
            code.Beq(XRegister.T1, XRegister.Zero, taken);
            code.Pause();
            code.Jal(XRegister.Zero, wait);
            code.Place(taken);
            code.Ld(XRegister.T2, XRegister.S0, 0);
            code.Addi(XRegister.T2, XRegister.T2, 20);
            code.Sd(XRegister.T2, XRegister.S0, 0);
            code.AmoswapW(XRegister.Zero, XRegister.S1, XRegister.Zero, order: 0);
        });
    });

    [Test]
    public async Task Each_vcpus_reservation_is_its_own()
    {
        using var machine = new TestMachine(code =>
        {
            code.LrD(XRegister.T0, XRegister.S0, order: 0);
            code.Call(1);
            code.ScD(XRegister.A0, XRegister.S0, XRegister.Tp, order: 0);
            code.Exit();
        });
        using var both = new Barrier(2);
        machine.System.Syscall = (_, _) => both.SignalAndWait();
        var vcpus = machine.Start(2);
        machine.Join();
        // The value stored first is that of vCPU 0 only if it is 0 as before: then the other may succeed as well.
        var failed = vcpus.Select(vcpu => vcpu.Register(TestMachine.Offset(XRegister.A0))).ToArray();
        await Assert.That(failed[1]).IsEqualTo(0u);
        await Assert.That(machine.Memory.TryRead(TestMachine.Data, out ulong value)).IsTrue();
        await Assert.That(value).IsEqualTo(1u);
    }

    private static async Task Counts(Action<Assembler> body)
    {
        using var machine = new TestMachine(code =>
        {
            body(code);
            code.Exit();
        });
        machine.Start(VCpus);
        machine.Join();
        await Assert.That(machine.Memory.TryRead(TestMachine.Data, out ulong value)).IsTrue();
        await Assert.That(value).IsEqualTo((ulong)VCpus * Rounds);
    }
}
