using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.FullSystems;

/// <summary>What only full machines have: a single program is told so, by every way to it.</summary>
public class FullSystemTests
{
    [Test]
    public async Task R47_a_program_has_no_physical_addresses()
    {
        using var machine = new TestMachine(code => code.Sd(XRegister.Zero, XRegister.S0, 0));
        var answers = new List<(bool, PhysicalAddress)>();
        machine.Install(new Probe
        {
            Translating = (_, block) => Probe.OnMemory(block[0], AccessKind.ReadWrite),
            Accessing = (vcpu, access, _) =>
            {
                answers.Add((access.TryGetPhysical(out var ofAccess), ofAccess));
                answers.Add((vcpu.TryTranslate(access.Address, out var ofAddress), ofAddress));
            },
        });
        machine.Run();
        await Assert.That(answers).IsEquivalentTo(Enumerable.Repeat((false, default(PhysicalAddress)), 2));
        await Assert.That(default(PhysicalAddress).DeviceName).IsNull();
    }

    [Test]
    public async Task R61_R62_R63_R64_nobody_gets_a_programs_time()
    {
        using var machine = new TestMachine();
        var answers = new List<(bool, TimeControl?)>();
        for (var i = 0; i < 2; i++)
            machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => answers.Add((self.Host.TryTakeTimeControl(out var control), control)) });
        await Assert.That(answers).IsEquivalentTo(Enumerable.Repeat((false, default(TimeControl)), 2));
    }

    [Test]
    public async Task R66_a_program_has_no_devices()
    {
        using var machine = new TestMachine(code => code.Ld(XRegister.T0, XRegister.S0, 0));
        var (wasAdded, device) = (true, new Counting());
        machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => wasAdded = self.Host.TryAddDevice("probe", TestMachine.Data, 8, device) });
        machine.Run();
        await Assert.That(wasAdded).IsFalse();
        await Assert.That(device.Accesses).IsEqualTo(0);
    }

    /// <summary>A program marks a region by instructions that do nothing (hints): the plugin finds them as any others.</summary>
    [Test]
    public async Task R65_the_guest_marks_a_region_by_hint_instructions()
    {
        const int Begin = 0x111, End = 0x222;
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.T0, 1);
            code.Slti(XRegister.Zero, XRegister.Zero, Begin);
            code.Addi(XRegister.T0, XRegister.T0, 1);
            code.Addi(XRegister.T0, XRegister.T0, 1);
            code.Addi(XRegister.T0, XRegister.T0, 1);
            code.Slti(XRegister.Zero, XRegister.Zero, End);
            code.Addi(XRegister.T0, XRegister.T0, 1);
        });
        var (isInside, inside) = (false, 0);
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    Probe.OnExecute(insn, insn.Mnemonic == "slti" && (insn.Opcode & 0xFFFFF) == 0x02013 ? (nint)(insn.Opcode >> 20) : 0);
            },
            Executing = (_, mark) =>
            {
                inside += isInside && mark == 0 ? 1 : 0;
                isInside = mark == Begin || (isInside && mark != End);
            },
        });
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(inside).IsEqualTo(3);
    }

    private sealed class Counting : IDevice
    {
        public int Accesses { get; private set; }

        public ulong Read(ulong offset, int size) => (ulong)++Accesses;

        public void Write(ulong offset, int size, ulong value) => Accesses++;
    }
}
