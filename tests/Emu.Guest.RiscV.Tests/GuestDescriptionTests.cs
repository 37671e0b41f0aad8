using System.Runtime.InteropServices;
using System.Text;
using Emu.Engine.Execution;
using TUnit.Assertions.Enums;

namespace Emu.Guest.RiscV.Tests;

/// <summary>What the engine and plugins are told about the guest.</summary>
public class GuestDescriptionTests
{
    private static readonly RiscVGuest Riscv = new();

    [Test]
    public async Task Registers_are_named_and_placed()
    {
        var registers = Riscv.Registers.ToDictionary(static register => register.Name);
        await Assert.That(registers.Count).IsEqualTo(32 + 1 + 32 + 3 + 3);
        await Assert.That(((int, int))(registers["zero"].Offset, registers["zero"].Size)).IsEqualTo((256, 8));
        await Assert.That(registers["t6"].Offset).IsEqualTo(256 + 8 * 31);
        await Assert.That(registers["fa0"].Offset).IsEqualTo(512 + 8 * 10);
        VCpuState state = default;
        state.Pc = 0x1234;
        state.FloatFlags = 0x15;
        state.RoundingMode = 3;
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<VCpuState>(in state)).ToArray();
        await Assert.That(BitConverter.ToUInt64(bytes, registers["pc"].Offset)).IsEqualTo(0x1234u);
        await Assert.That((BitConverter.ToUInt32(bytes, registers["fflags"].Offset), BitConverter.ToUInt32(bytes, registers["frm"].Offset))).IsEqualTo((0x15u, 3u));
        await Assert.That(Riscv.Registers.Where(static register => register.Offset + register.Size > Riscv.StateSize).Select(static register => register.Name)).IsEmpty();
    }

    [Test]
    public async Task System_calls_find_their_arguments()
    {
        await Assert.That(Riscv.Abi.Number).IsEqualTo(RiscVState.OffsetOf(XRegister.A7));
        await Assert.That(Riscv.Abi.Arguments.Select(static offset => (offset - RiscVState.X0) / 8)).IsEquivalentTo([10, 11, 12, 13, 14, 15], CollectionOrdering.Matching);
        await Assert.That(Riscv.Abi.Result).IsEqualTo(RiscVState.OffsetOf(XRegister.A0));
    }

    [Test]
    [Arguments(new byte[] { 0x13, 0x05, 0x50, 0x00 }, "addi", "alu", 4)]
    [Arguments(new byte[] { 0x82, 0x80 }, "c.jr", "jump", 2)]
    [Arguments(new byte[] { 0x43, 0x75, 0xB5, 0x62 }, "fmadd.d", "fp-fma", 4)]
    [Arguments(new byte[] { 0x00, 0x00, 0x00, 0x00 }, "illegal", "illegal", 0)]
    [Arguments(new byte[] { 0x13 }, "illegal", "illegal", 0)]
    public async Task Instructions_are_described(byte[] bytes, string name, string type, int length)
    {
        var description = Riscv.Describe(0, bytes);
        await Assert.That(((string, string, int))(description.Opcode, description.Class, description.Length)).IsEqualTo((name, type, length));
        await Assert.That(description.ClassSummary).IsNotEmpty();
    }

    [Test]
    public async Task Text_comes_with_the_length()
    {
        var text = new StringBuilder();
        await Assert.That(Riscv.Disassemble(0x100, [0x82, 0x80, 1, 0], text)).IsEqualTo(2);
        await Assert.That(Riscv.Disassemble(0x100, [0x6F, 0, 0, 1], text)).IsEqualTo(4);
        await Assert.That(text.ToString()).IsEqualTo("retj\t0x110");
    }

    public static IEnumerable<InstructionClass> Classes() => Enum.GetValues<InstructionClass>();

    [Test]
    [MethodDataSource(nameof(Classes))]
    public async Task Every_class_has_a_name_and_rows(InstructionClass value)
    {
        await Assert.That(InstructionClasses.NameOf(value).Replace("-", "", StringComparison.Ordinal)).IsEqualTo(value.ToString().ToLowerInvariant());
        await Assert.That(InstructionClasses.SummaryOf(value)).IsNotEmpty();
        await Assert.That(value == InstructionClass.Illegal || InstructionSampler.Opcodes.Any(opcode => InstructionSampler.ClassOf(opcode) == value)).IsTrue();
    }
}
