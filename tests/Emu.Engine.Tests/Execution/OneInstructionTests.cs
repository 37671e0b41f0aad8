using Emu.Engine.Execution;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;
using TUnit.Assertions.Enums;

namespace Emu.Engine.Tests.Execution;

/// <summary>A program that runs one instruction per block, or a few, ends as it does in blocks of full length.</summary>
public sealed class OneInstructionTests
{
    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(7)]
    public async Task A_program_of_loops_calls_and_accesses_ends_the_same(int maxInstructions)
    {
        using var whole = new TestMachine(Checksum);
        using var cut = new TestMachine(Checksum, maxInstructions: maxInstructions);
        await Assert.That(Registers(cut.Run())).IsEquivalentTo(Registers(whole.Run()), CollectionOrdering.Matching);
        await Assert.That(await Data(cut)).IsEquivalentTo(await Data(whole), CollectionOrdering.Matching);
        await Assert.That(cut.Machine.Code.Translations > whole.Machine.Code.Translations).IsTrue();
    }

    [Test]
    public async Task A_fault_is_at_the_same_instruction_with_the_same_registers()
    {
        using var whole = new TestMachine(Overrun);
        using var cut = new TestMachine(Overrun, maxInstructions: 1);
        await Assert.That(Registers(cut.Run())).IsEquivalentTo(Registers(whole.Run()), CollectionOrdering.Matching);
        var expected = await Assert.That(whole.System.Faults).HasSingleItem();
        await Assert.That(await Assert.That(cut.System.Faults).HasSingleItem()).IsEqualTo(expected);
        await Assert.That(expected.Fault.Address).IsEqualTo(TestMachine.Data + TestMachine.Size);
    }

    [Test]
    public async Task One_instruction_per_block_makes_a_block_of_each()
    {
        using var machine = new TestMachine(code =>
        {
            for (var number = 0; number < 20; number++)
                code.Addi(XRegister.A0, XRegister.A0, number);
            code.Exit();
        }, maxInstructions: 1);
        machine.Run();
        await Assert.That((machine.Machine.Code.Translations, machine.Machine.Code.TranslatedInstructions)).IsEqualTo((22, 22));
    }

    /// <summary>Writes a sequence of numbers and adds them up in a function, byte by byte.</summary>
    private static void Checksum(Assembler code)
    {
        var (sum, start, top) = (new Label(), new Label(), new Label());
        code.Jal(XRegister.Zero, start);
        code.Place(sum);
        code.Lbu(XRegister.T1, XRegister.A1, 0);
        code.Slli(XRegister.A0, XRegister.A0, 1);
        code.Add(XRegister.A0, XRegister.A0, XRegister.T1);
        code.Addi(XRegister.A1, XRegister.A1, 1);
        code.Bne(XRegister.A1, XRegister.A2, sum);
        code.Jalr(XRegister.Zero, XRegister.Ra, 0);
        code.Place(start);
        code.Addi(XRegister.A3, XRegister.Zero, 1);
        code.Repeat(100, () =>
        {
            code.Slli(XRegister.T0, XRegister.A3, 13);
            code.Xor(XRegister.A3, XRegister.A3, XRegister.T0);
            code.Srli(XRegister.T0, XRegister.A3, 7);
            code.Xor(XRegister.A3, XRegister.A3, XRegister.T0);
            code.Add(XRegister.T2, XRegister.S0, XRegister.T6);
            code.Sd(XRegister.A3, XRegister.T2, 3);
        });
        code.Addi(XRegister.S3, XRegister.Zero, 5);
        code.Place(top);
        code.Addi(XRegister.A1, XRegister.S0, 0);
        code.Addi(XRegister.A2, XRegister.S0, 120);
        code.Jal(XRegister.Ra, sum);
        code.Addi(XRegister.S3, XRegister.S3, -1);
        code.Bne(XRegister.S3, XRegister.Zero, top);
        code.Exit();
    }

    /// <summary>Writes until it leaves its memory, two bytes before the end of a store.</summary>
    private static void Overrun(Assembler code)
    {
        var top = new Label();
        code.Number(XRegister.T0, (int)TestMachine.Size - 302);
        code.Add(XRegister.S0, XRegister.S0, XRegister.T0);
        code.Place(top);
        code.Addi(XRegister.A0, XRegister.A0, 1);
        code.Sw(XRegister.A0, XRegister.S0, 0);
        code.Addi(XRegister.S0, XRegister.S0, 4);
        code.Jal(XRegister.Zero, top);
    }

    private static ulong[] Registers(VCpuContext vcpu) => [.. Enumerable.Range(0, 32).Select(number => vcpu.Register(TestMachine.Offset((XRegister)number)))];

    private static async Task<byte[]> Data(TestMachine machine)
    {
        var data = new byte[256];
        await Assert.That(machine.Memory.TryRead(TestMachine.Data, data)).IsTrue();
        return data;
    }
}
