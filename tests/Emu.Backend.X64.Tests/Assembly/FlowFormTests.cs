using System.Runtime.InteropServices;
using Emu.Backend.X64.Assembly;
using Iced.Intel;

namespace Emu.Backend.X64.Tests.Assembly;

/// <summary>Jumps, calls, addresses relative to the code, padding.</summary>
public sealed class FlowFormTests
{
    private const int BufferBytes = 256;

    [Test]
    public async Task Jumps_calls_and_operands_in_the_code_go_where_they_are_aimed()
    {
        var instructions = AimedAt(200);
        await Assert.That(instructions.Count).IsEqualTo(8);
        foreach (var instruction in instructions)
        {
            var target = instruction.IsIPRelativeMemoryOperand ? instruction.IPRelativeMemoryAddress : instruction.NearBranchTarget;
            await Assert.That(target).IsEqualTo(200UL).Because(instruction.Mnemonic.ToString());
        }
    }

    [Test]
    public async Task A_jump_that_is_patched_has_its_displacement_within_8_bytes()
    {
        for (var offset = 0; offset < 16; offset++)
            foreach (var conditional in (bool[])[true, false])
            {
                nint place = 0;
                var instructions = Written(offset, asm => place = AppendPatchable(asm, conditional));
                var jump = conditional ? Mnemonic.Jl : Mnemonic.Jmp;
                await Assert.That(place & 7).IsBetween(0, 4).Because($"{jump} at {offset}");
                await Assert.That(Mnemonics(instructions)).IsEqualTo(instructions.Count == 1 ? $"{jump}" : $"{Mnemonic.Nop} {jump}").Because($"at {offset}");
            }
    }

    [Test]
    public async Task Padding_is_made_of_no_operations()
    {
        for (var offset = 0; offset < 32; offset++)
        {
            var instructions = Written(offset, asm => asm.Align(32));
            await Assert.That((offset + instructions.Sum(static instruction => instruction.Length)) % 32).IsEqualTo(0);
            await Assert.That(instructions.All(static instruction => instruction.Mnemonic == Mnemonic.Nop)).IsTrue().Because(Mnemonics(instructions));
        }
    }

    private static string Mnemonics(IEnumerable<Instruction> instructions) => string.Join(' ', instructions.Select(static instruction => instruction.Mnemonic));

    /// <summary>One of each form that names an address, all with that of a place so many bytes behind the first.</summary>
    private static unsafe IReadOnlyList<Instruction> AimedAt(int distance)
    {
        var buffer = stackalloc byte[BufferBytes];
        var asm = new Asm { At = buffer };
        var target = buffer + distance;
        asm.Jmp(target);
        asm.Jcc(Cond.Greater, target);
        asm.Call(target);
        asm.Lea(Reg.R9, Mem.Of(target));
        asm.Op(Alu.Cmp, Mem.Of(target), 0x12345678);
        asm.Op(Alu.Cmp, Mem.Of(target), 1);
        asm.Op(Bits.Xor, Xmm.Xmm9, Xmm.Xmm3, Mem.Of(target));
        asm.Store(Mem.Of(target), 7, 2);
        return Decoded.All(buffer, asm.At);
    }

    /// <summary>Where the displacement is.</summary>
    private static unsafe nint AppendPatchable(Asm asm, bool conditional) => (nint)(conditional ? asm.PatchableJcc(Cond.Less) : asm.PatchableJmp());

    /// <summary>What is written so many bytes behind the begin of a cache line.</summary>
    private static unsafe IReadOnlyList<Instruction> Written(int offset, Action<Asm> write)
    {
        var buffer = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 64);
        try
        {
            var asm = new Asm { At = buffer + offset };
            write(asm);
            return Decoded.All(buffer + offset, asm.At);
        }
        finally
        {
            NativeMemory.AlignedFree(buffer);
        }
    }
}
