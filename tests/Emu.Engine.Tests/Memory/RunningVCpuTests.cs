using Emu.Engine.Memory;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;

namespace Emu.Engine.Tests.Memory;

/// <summary>The map changes while vCPUs access it: they fault as guests do, and never reach a host page that is gone.</summary>
public sealed class RunningVCpuTests
{
    private const int Rounds = 100;
    private const ulong Length = 2 * GuestMemory.PageSize;
    private const PagePermissions ReadWrite = PagePermissions.Read | PagePermissions.Write;

    public static IEnumerable<(string, Action<GuestMemory>)> Changes() =>
    [
        ("unmap", memory => TestMachine.Done(memory.Unmap(TestMachine.Data, Length))),
        ("protect", memory => TestMachine.Done(memory.Protect(TestMachine.Data, Length, PagePermissions.None))),
        ("protect against writes", memory => TestMachine.Done(memory.Protect(TestMachine.Data, Length, PagePermissions.Read))),
        ("replace", memory => memory.MapAnonymous(TestMachine.Data, Length, PagePermissions.None)),
        ("move", memory => TestMachine.Done(memory.Remap(TestMachine.Data, Length, Length, mayMove: true, TestMachine.Data + TestMachine.Size, out _))),
        ("shrink", memory => TestMachine.Done(memory.Remap(TestMachine.Data, Length, GuestMemory.PageSize, mayMove: false, target: null, out _))),
    ];

    [Test]
    [MethodDataSource(nameof(Changes))]
    public void Accesses_fault_while_their_pages_are_gone(string name, Action<GuestMemory> change)
    {
        using var machine = new TestMachine(code =>
        {
            var top = new Label();
            code.Number(XRegister.T1, GuestMemory.PageSize);
            code.Add(XRegister.T1, XRegister.T1, XRegister.S0);
            code.Place(top);
            code.Ld(XRegister.T0, XRegister.S0, 0);
            code.Sd(XRegister.T0, XRegister.T1, 8);
            code.Sd(XRegister.T0, XRegister.S0, 16);
            code.Ld(XRegister.T0, XRegister.T1, 24);
            code.Addi(XRegister.A0, XRegister.A0, 1);
            code.Jal(XRegister.Zero, top);
        }) { System = new TestSystem { RetriesFaults = true } };
        var vcpus = machine.Start(3);
        for (var round = 0; round < Rounds; round++)
        {
            change(machine.Memory);
            machine.Memory.MapAnonymous(TestMachine.Data, Length, ReadWrite);
        }

        var before = vcpus.Select(vcpu => vcpu.Register(TestMachine.Offset(XRegister.A0))).ToArray();
        TestMachine.Until(() => vcpus.Zip(before).All(pair => pair.First.Register(TestMachine.Offset(XRegister.A0)) > pair.Second), $"vCPUs go on after {name}");
    }

    [Test]
    [MethodDataSource(nameof(Changes))]
    public async Task Pages_keep_their_rights_until_every_vcpu_is_outside(string name, Action<GuestMemory> change)
    {
        using var machine = new TestMachine(code => code.Exit());
        var vcpu = machine.AddVCpu();
        machine.Machine.Exclusive.Enter(vcpu);
        var changing = new Thread(() => change(machine.Memory));
        changing.Start();
        TestMachine.Until(() => machine.Machine.Exclusive.IsPending, $"{name} asks for a section");
        await Assert.That(machine.Memory.Allows(TestMachine.Data, Length, ReadWrite)).IsTrue();
        machine.Machine.Exclusive.Leave(vcpu);
        changing.Join();
        await Assert.That(machine.Memory.Allows(TestMachine.Data, Length, ReadWrite)).IsFalse();
    }
}
