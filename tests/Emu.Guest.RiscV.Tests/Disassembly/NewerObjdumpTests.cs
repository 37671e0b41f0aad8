namespace Emu.Guest.RiscV.Tests;

/// <summary>
/// Texts of extensions that came after binutils 2.40, against a newer objdump: <c>EMU_OBJDUMP</c> names one. It reads everything else otherwise
/// (<c>slli</c> for <c>sll</c>), so that only those rows are compared.
/// </summary>
public class NewerObjdumpTests
{
    private const int Seed = 20242;
    private const string Variable = "EMU_OBJDUMP";

    [Test]
    public async Task Rows_of_new_extensions_read_as_a_newer_objdump_prints_them()
    {
        var program = Environment.GetEnvironmentVariable(Variable);
        Skip.Unless(program is not null, $"{Variable} names no newer objdump for riscv64");
        var sampler = new InstructionSampler(new Random(Seed));
        List<Instruction> instructions = [];
        foreach (var opcode in InstructionSampler.Opcodes.Where(static opcode => !Divergence.Known.Has(opcode)))
            for (var i = 0; i < 100; i++)
                instructions.Add(sampler.Next(opcode));
        var theirs = await Objdump.Disassemble([.. instructions.Select(static instruction => instruction.Bits)], program: program!, architecture: Objdump.NewerArchitecture);
        await Assert.That(instructions.Select(static instruction => Disassembler.ToText(instruction, 0))).IsEquivalentTo(theirs);
    }
}
