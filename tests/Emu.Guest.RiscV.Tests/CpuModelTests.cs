using Emu.Ir;
using Emu.Ir.Reference;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Sets of extensions: what <c>--cpu</c> takes, what a CPU decodes, and what it says of itself.</summary>
public class CpuModelTests
{
    [Test]
    public async Task Each_set_is_a_part_of_the_next()
    {
        var sets = CpuOption.Sets.Where(static name => name != "rva23u64").Append("rva23u64,-v").Select(Parse).OrderBy(static cpu => cpu.Extensions.Count).ToList();
        for (var i = 1; i < sets.Count; i++)
            await Assert.That(sets[i - 1].Extensions.Except(sets[i].Extensions)).IsEmpty();
        await Assert.That(sets[^1].Extensions).IsEquivalentTo(CpuModel.Max.Extensions);
    }

    [Test]
    [Arguments("rv64gc", "i m a f d c zicntr zicsr zifencei")]
    [Arguments("rv64gc,-f", "i m a c zicntr zicsr zifencei")]
    [Arguments("rv64gc,-zicsr", "i m a c zifencei")]
    [Arguments("rv64gc,-a,-c,-zicntr,-d,+zfh", "i m f zicsr zifencei zfh zfhmin")]
    [Arguments("rv64gc,+zcb,-c", "i m a f d zicntr zicsr zifencei")]
    public async Task An_extension_comes_with_what_it_needs_and_goes_with_it(string text, string expected) =>
        await Assert.That(string.Join(' ', Parse(text).Extensions.Select(static extension => extension.Name))).IsEqualTo(expected);

    [Test]
    [Arguments("rv32gc", "unknown CPU 'rv32gc'; there are: rv64gc, rva20u64, rva22u64, rva23u64, max")]
    [Arguments("", "unknown CPU ''; there are: rv64gc, rva20u64, rva22u64, rva23u64, max")]
    [Arguments("rva23u64", "the CPU 'rva23u64' has v, zvbb, zvfhmin, which this build does not implement; without: rva23u64,-v")]
    [Arguments("max,+v", "the CPU 'max,+v' has v, which this build does not implement; without: max,+v,-v")]
    public async Task What_is_not_there_is_refused_and_what_is_there_is_listed(string text, string expected)
    {
        await Assert.That(CpuOption.TryParse(text, out _, out var error)).IsFalse();
        await Assert.That(error).IsEqualTo(expected);
    }

    [Test]
    [Arguments("max,zba")]
    [Arguments("max,+zba2")]
    [Arguments("max,-i")]
    [Arguments("max,+")]
    [Arguments("max,")]
    public async Task A_change_names_a_sign_and_an_extension(string text)
    {
        await Assert.That(CpuOption.TryParse(text, out _, out var error)).IsFalse();
        await Assert.That(error).StartsWith($"'{text[4..]}' is neither +NAME nor -NAME of an extension; there are: m, a, f, d, c, ");
    }

    [Test]
    [Arguments("zba", Opcode.Sh1add, Opcode.Illegal)]
    [Arguments("zbb", Opcode.Clz, Opcode.Illegal)]
    [Arguments("zbb", Opcode.Andn, Opcode.Andn)]
    [Arguments("zbb", Opcode.ZextH, Opcode.Packw)]
    [Arguments("zbb", Opcode.CSextB, Opcode.Illegal)]
    [Arguments("zbkb", Opcode.Packw, Opcode.Illegal)]
    [Arguments("zcb", Opcode.CLbu, Opcode.Illegal)]
    [Arguments("d", Opcode.CFld, Opcode.Illegal)]
    [Arguments("d", Opcode.FroundS, Opcode.FroundS)]
    [Arguments("d", Opcode.FroundD, Opcode.Illegal)]
    [Arguments("zfh", Opcode.FcvtSH, Opcode.FcvtSH)]
    [Arguments("zfh", Opcode.FaddH, Opcode.Illegal)]
    [Arguments("zacas", Opcode.AmocasB, Opcode.Illegal)]
    [Arguments("zihintpause", Opcode.Pause, Opcode.Fence)]
    [Arguments("zihintntl", Opcode.NtlAll, Opcode.Add)]
    [Arguments("zihintntl", Opcode.CNtlS1, Opcode.CAdd)]
    [Arguments("zicbop", Opcode.PrefetchR, Opcode.Ori)]
    public async Task An_instruction_of_an_extension_that_is_off_is_what_it_was_before(string extension, Opcode opcode, Opcode expected)
    {
        var sampler = new InstructionSampler(new Random(1));
        var cpu = Parse("max,-" + extension);
        for (var i = 0; i < 20; i++)
        {
            var instruction = sampler.Next(opcode);
            await Assert.That(cpu.Decode(instruction.Bits)).IsEqualTo(expected).Because(instruction.ToString());
        }
    }

    [Test]
    public async Task Max_has_every_row()
    {
        foreach (var opcode in InstructionSampler.Opcodes)
            await Assert.That(CpuModel.Max.Has(opcode)).IsTrue().Because($"{opcode} must be there");
    }

    [Test]
    [Arguments("max", 1u, false)]
    [Arguments("rv64gc,-f", 1u, true)]
    [Arguments("max", 0xC01u, false)]
    [Arguments("max,-zicntr", 0xC01u, true)]
    public async Task A_control_register_goes_with_its_extension(string text, uint csr, bool illegal)
    {
        using var guest = Guest.Of(code => code.Csrrs(XRegister.A0, csr, XRegister.Zero), Parse(text));
        var end = guest.Step(1);
        await Assert.That(end is { Kind: BlockEndKind.Trap, Cause: (int)IrTrap.IllegalInstruction }).IsEqualTo(illegal);
    }

    private static CpuModel Parse(string text) =>
        CpuOption.TryParse(text, out var cpu, out var error) ? cpu : throw new ArgumentException(error, nameof(text));
}
