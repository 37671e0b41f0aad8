using System.Buffers.Binary;
using System.Globalization;
using Emu.Plugins;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Kind and target of control flow against binutils' objdump, which prints both: on all compressed encodings, and on every 32-bit row with random operands.</summary>
public class ControlFlowObjdumpTests
{
    private const int Seed = 6251;
    private const ulong Stride = 16;

    [Test]
    public async Task E6_compressed_instructions_go_where_objdump_prints_it() =>
        await Compare([.. Enumerable.Range(0, 0x10000).Where(static word => (word & 3) != 3).Select(static word => (uint)word)], 5_000);

    [Test]
    public async Task E6_instructions_go_where_objdump_prints_it()
    {
        var random = new Random(Seed);
        var sampler = new InstructionSampler(random);
        List<uint> words = [];
        foreach (var opcode in InstructionSampler.Opcodes)
            for (var i = 0; i < 200; i++)
                words.Add(WithLinks(random, sampler.Next(opcode)));
        await Compare(words, 8 * 150);
    }

    /// <summary>Compares, and that at least so many of the words were branches, jumps, calls or returns to objdump.</summary>
    private static async Task Compare(IReadOnlyList<uint> words, int least)
    {
        Skip.Unless(Oracle.Objdump.Path is not null, Oracle.Objdump.SkipReason);
        var guest = new RiscVGuest();
        var texts = await Objdump.Disassemble(words, Stride);
        var bytes = new byte[sizeof(uint)];
        List<string> wrong = [];
        var transfers = 0;
        for (var i = 0; i < words.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, words[i]);
            var theirs = Read(texts[i]);
            transfers += theirs.Flow is ControlFlow.Next ? 0 : 1;
            var ours = guest.ControlFlowOf((ulong)i * Stride, bytes);
            if (ours != theirs)
                wrong.Add($"0x{words[i]:x8} '{texts[i]}': {ours}");
        }

        await Assert.That(wrong.Count == 0).IsTrue().Because($"seed {Seed}, {wrong.Count} differ:\n{string.Join('\n', wrong.Take(20))}");
        await Assert.That(transfers).IsGreaterThanOrEqualTo(least);
    }

    /// <summary>What objdump's text says of the flow. Its aliases leave out the registers that the usual forms imply.</summary>
    private static (ControlFlow Flow, ulong? Target) Read(string text)
    {
        var cells = text.Split('\t');
        var operands = cells.Length > 1 ? cells[1].Split(' ')[0].Split(',') : [];
        switch (cells[0])
        {
            case "beq" or "bne" or "blt" or "bge" or "bltu" or "bgeu" or "beqz" or "bnez" or "bltz" or "bgez" or "blez" or "bgtz":
                return (ControlFlow.Branch, Address(operands[^1]));
            case "j":
                return (ControlFlow.Jump, Address(operands[0]));
            case "jal":
                return (operands.Length == 1 || IsLink(operands[0]) ? ControlFlow.Call : ControlFlow.Jump, Address(operands[^1]));
            case "ret":
                return (ControlFlow.Return, null);
            case "jr":
                return (OfIndirect("zero", operands[0]), null);
            case "jalr":
                return (OfIndirect(operands.Length == 1 ? "ra" : operands[0], operands[^1]), null);
            case "ecall" or "ebreak":
                return (ControlFlow.System, null);
            default:
                return (ControlFlow.Next, null);
        }
    }

    /// <summary>The table of return-address stack hints, row by row (Unpriv. ISA 2.5.1): pop, push, pop and then push.</summary>
    private static ControlFlow OfIndirect(string link, string place)
    {
        var source = place.Contains('(', StringComparison.Ordinal) ? place.Split('(')[1].TrimEnd(')') : place;
        if (!IsLink(link))
            return IsLink(source) ? ControlFlow.Return : ControlFlow.IndirectJump;
        return IsLink(source) && source != link ? ControlFlow.ReturnAndCall : ControlFlow.IndirectCall;
    }

    private static bool IsLink(string register) => register is "ra" or "t0";

    private static ulong Address(string text) => ulong.Parse(text.Replace("0x", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Makes the registers that jumps link by and go to, most often, the ones of the convention or none.</summary>
    private static uint WithLinks(Random random, Instruction instruction)
    {
        if (instruction.Opcode is not (Opcode.Jal or Opcode.Jalr))
            return instruction.Bits;
        var bits = With(instruction.Bits, 7);
        return instruction.Opcode is Opcode.Jalr ? With(bits, 15) : bits;

        uint With(uint word, int field) => random.Next(5) switch
        {
            0 => word & ~(0x1Fu << field),
            1 or 2 => word & ~(0x1Fu << field) | (1u << field),
            3 => word & ~(0x1Fu << field) | (5u << field),
            _ => word,
        };
    }
}
