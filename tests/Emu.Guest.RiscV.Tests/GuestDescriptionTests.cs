using System.Text;
using Emu.Engine.Execution;
using Assert = Xunit.Assert;

namespace Emu.Guest.RiscV.Tests;

/// <summary>What the engine and plugins are told about the guest.</summary>
public unsafe class GuestDescriptionTests
{
    private static readonly RiscVGuest Riscv = new();

    [Test]
    public void Registers_are_named_and_placed()
    {
        var registers = Riscv.Registers.ToDictionary(static register => register.Name);
        Assert.Equal(32 + 1 + 32 + 3 + 3, registers.Count);
        Assert.Equal((256, 8), (registers["zero"].Offset, registers["zero"].Size));
        Assert.Equal(256 + 8 * 31, registers["t6"].Offset);
        Assert.Equal(512 + 8 * 10, registers["fa0"].Offset);
        VCpuState state = default;
        state.Pc = 0x1234;
        state.FloatFlags = 0x15;
        state.RoundingMode = 3;
        var bytes = (byte*)&state;
        Assert.Equal(0x1234u, *(ulong*)(bytes + registers["pc"].Offset));
        Assert.Equal((0x15u, 3u), (*(uint*)(bytes + registers["fflags"].Offset), *(uint*)(bytes + registers["frm"].Offset)));
        Assert.All(Riscv.Registers, static register => Assert.True(register.Offset + register.Size <= Riscv.StateSize));
    }

    [Test]
    public void System_calls_find_their_arguments()
    {
        Assert.Equal(RiscVState.OffsetOf(XRegister.A7), Riscv.Abi.Number);
        Assert.Equal([10, 11, 12, 13, 14, 15], Riscv.Abi.Arguments.Select(static offset => (offset - RiscVState.X0) / 8));
        Assert.Equal(RiscVState.OffsetOf(XRegister.A0), Riscv.Abi.Result);
    }

    [Test]
    [Arguments(new byte[] { 0x13, 0x05, 0x50, 0x00 }, "addi", "alu", 4)]
    [Arguments(new byte[] { 0x82, 0x80 }, "c.jr", "jump", 2)]
    [Arguments(new byte[] { 0x43, 0x75, 0xB5, 0x62 }, "fmadd.d", "fp-fma", 4)]
    [Arguments(new byte[] { 0x00, 0x00, 0x00, 0x00 }, "illegal", "illegal", 0)]
    [Arguments(new byte[] { 0x13 }, "illegal", "illegal", 0)]
    public void Instructions_are_described(byte[] bytes, string name, string type, int length)
    {
        var description = Riscv.Describe(0, bytes);
        Assert.Equal((name, type, length), (description.Opcode, description.Class, description.Length));
        Assert.NotEmpty(description.ClassSummary);
    }

    [Test]
    public void Text_comes_with_the_length()
    {
        var text = new StringBuilder();
        Assert.Equal(2, Riscv.Disassemble(0x100, [0x82, 0x80, 1, 0], text));
        Assert.Equal(4, Riscv.Disassemble(0x100, [0x6F, 0, 0, 1], text));
        Assert.Equal("retj\t0x110", text.ToString());
    }

    [Test]
    public void Every_class_has_a_name_and_rows()
    {
        foreach (var value in Enum.GetValues<InstructionClass>())
        {
            Assert.Equal(value.ToString().ToLowerInvariant(), InstructionClasses.NameOf(value).Replace("-", "", StringComparison.Ordinal));
            Assert.NotEmpty(InstructionClasses.SummaryOf(value));
            Assert.True(value == InstructionClass.Illegal || InstructionSampler.Opcodes.Any(opcode => InstructionSampler.ClassOf(opcode) == value), $"{value}");
        }
    }
}
