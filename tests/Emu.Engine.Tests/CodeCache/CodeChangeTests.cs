using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;
using Emu.Ir;
using TUnit.Assertions.Enums;

namespace Emu.Engine.Tests.CodeCache;

/// <summary>Code that changed is translated again: unmapped, protected, mapped anew, rewritten with an instruction fence.</summary>
public sealed class CodeChangeTests
{
    private const ulong Function = TestMachine.Code + 0x10000;
    private const int Change = 1;

    private static readonly int A0 = TestMachine.Offset(XRegister.A0);

    /// <summary>
    /// Calls the function of another page twice through an indirect jump, after the second time with its code changed by system call 1; a0 is the sum of what it added.
    /// </summary>
    private static readonly Action<Assembler> CallChangeCall = code =>
    {
        code.Lui(XRegister.S1, (int)Function);
        code.Jalr(XRegister.Ra, XRegister.S1, 0);
        code.Jalr(XRegister.Ra, XRegister.S1, 0);
        code.Call(Change);
        code.Jalr(XRegister.Ra, XRegister.S1, 0);
        code.Exit();
    };

    [Test]
    public async Task Unmapped_code_faults_when_it_is_called_again()
    {
        using var machine = Machine(CallChangeCall, memory => TestMachine.Done(memory.Unmap(Function, GuestMemory.PageSize)));
        await Assert.That(machine.Run().Register(A0)).IsEqualTo(2u);
        await Assert.That(machine.System.Traps).IsEquivalentTo([(Function, IrTrap.FetchFault, Function)], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Code_that_lost_its_execute_right_faults_when_it_is_called_again()
    {
        using var machine = Machine(CallChangeCall, memory => TestMachine.Done(memory.Protect(Function, GuestMemory.PageSize, PagePermissions.Read)));
        await Assert.That(machine.Run().Register(A0)).IsEqualTo(2u);
        await Assert.That(machine.System.Traps).IsEquivalentTo([(Function, IrTrap.FetchFault, Function)], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Code_that_was_mapped_anew_is_what_runs()
    {
        using var machine = Machine(CallChangeCall, memory =>
        {
            memory.MapAnonymous(Function, GuestMemory.PageSize, PagePermissions.Read | PagePermissions.Write);
            WriteFunction(memory, 40);
            TestMachine.Done(memory.Protect(Function, GuestMemory.PageSize, PagePermissions.Read | PagePermissions.Execute));
        });
        await Assert.That(machine.Run().Register(A0)).IsEqualTo(42u);
    }

    [Test]
    public async Task Rewritten_code_runs_after_an_instruction_fence()
    {
        using var machine = Machine(code =>
        {
            code.Lui(XRegister.S1, (int)Function);
            code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Number(XRegister.T0, (int)InstructionEncoder.Addi(XRegister.A0, XRegister.A0, 40));
            code.Sw(XRegister.T0, XRegister.S1, 0);
            code.FenceI();
            code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Exit();
        }, _ => { });
        await Assert.That(machine.Run().Register(A0)).IsEqualTo(42u);
    }

    [Test]
    public async Task A_loop_that_rewrites_itself_sees_every_version_after_the_fence()
    {
        const int rounds = 200;
        using var machine = new TestMachine(code =>
        {
            code.Lui(XRegister.S1, (int)Function);
            code.Number(XRegister.T0, (int)InstructionEncoder.Addi(XRegister.A0, XRegister.Zero, 0));
            code.Number(XRegister.T1, 1 << 20);
            code.Repeat(rounds, () =>
            {
                code.Add(XRegister.T0, XRegister.T0, XRegister.T1);
                code.Sw(XRegister.T0, XRegister.S1, 0);
                code.FenceI();
                code.Jalr(XRegister.Ra, XRegister.S1, 0);
                code.Add(XRegister.A1, XRegister.A1, XRegister.A0);
            });
            code.Exit();
        });
        WriteFunction(machine.Memory, 0);
        await Assert.That(machine.Run().Register(TestMachine.Offset(XRegister.A1))).IsEqualTo(rounds * (rounds + 1UL) / 2);
    }

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    public async Task An_instruction_on_two_pages_changes_with_either(int page)
    {
        const ulong border = Function + GuestMemory.PageSize;
        using var machine = new TestMachine(code =>
        {
            code.Number(XRegister.S1, (int)(border - 2));
            code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Call(Change);
            code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Exit();
        });
        WriteFunction(machine.Memory, 1, border - 2);
        // Register and immediate lie in the second half, the opcode and the destination in the first.
        machine.System.Syscall = (_, _) =>
        {
            var memory = machine.Memory;
            var half = border - 2 + 2 * (ulong)page;
            var bits = page == 0 ? InstructionEncoder.Addi(XRegister.A1, XRegister.A0, 1) : InstructionEncoder.Addi(XRegister.A0, XRegister.A0, 40);
            if (!memory.TryWrite(half, (ushort)(bits >> (16 * page))))
                Assert.Fail($"half {page} is not written");
            TestMachine.Done(memory.Protect(half & ~(GuestMemory.PageSize - 1UL), GuestMemory.PageSize, PagePermissions.Read | PagePermissions.Execute));
        };
        var vcpu = machine.Run();
        await Assert.That((vcpu.Register(A0), vcpu.Register(TestMachine.Offset(XRegister.A1)))).IsEqualTo(page == 0 ? (2UL, 3UL) : (42UL, 0UL));
    }

    [Test]
    public void Code_changed_by_one_vcpu_is_changed_for_all()
    {
        const int vcpus = 4;
        using var machine = new TestMachine(code =>
        {
            // Runs the function until it has told to end, by 0 in a0.
            var top = new Label();
            code.Lui(XRegister.S1, (int)Function);
            code.Place(top);
            code.Addi(XRegister.A0, XRegister.Zero, 0);
            code.Jalr(XRegister.Ra, XRegister.S1, 0);
            code.Addi(XRegister.A1, XRegister.A1, 1);
            code.Bne(XRegister.A0, XRegister.Zero, top);
            code.Exit();
        });
        WriteFunction(machine.Memory, 1);
        var contexts = machine.Start(vcpus);
        TestMachine.Until(() => contexts.All(vcpu => Volatile.Read(ref vcpu.Register(TestMachine.Offset(XRegister.A1))) > 1000), "every vCPU is in the loop");
        WriteFunction(machine.Memory, 0);
        machine.Machine.DropWritableCode();
        machine.Join();
    }

    [Test]
    public async Task A_flush_while_vcpus_run_loses_nothing()
    {
        const int vcpus = 4, rounds = 200_000;
        using var machine = new TestMachine(code =>
        {
            code.Repeat(rounds, () => code.Addi(XRegister.A0, XRegister.A0, 1));
            code.Exit();
        });
        var contexts = machine.Start(vcpus);
        for (var flush = 0; flush < 20; flush++)
            machine.Machine.FlushCode();
        machine.Join();
        foreach (var vcpu in contexts)
            await Assert.That(vcpu.Register(A0)).IsEqualTo((ulong)rounds);
        await Assert.That(machine.Machine.Code.Flushes).IsEqualTo(20);
    }

    private static TestMachine Machine(Action<Assembler> program, Action<GuestMemory> change)
    {
        var machine = new TestMachine(program);
        WriteFunction(machine.Memory, 1);
        machine.System.Syscall = (_, _) => change(machine.Memory);
        return machine;
    }

    /// <summary>Writes a function that adds a number to a0 and returns.</summary>
    private static void WriteFunction(GuestMemory memory, int number, ulong address = Function)
    {
        var code = new Assembler();
        code.Addi(XRegister.A0, XRegister.A0, number);
        code.Jalr(XRegister.Zero, XRegister.Ra, 0);
        if (!memory.TryWrite(address, code.ToArray()))
            Assert.Fail($"the function is not written at 0x{address:x}");
    }
}
