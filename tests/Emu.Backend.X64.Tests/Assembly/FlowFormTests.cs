using Emu.Backend.X64.Assembly;
using Iced.Intel;
using Assert = Xunit.Assert;

namespace Emu.Backend.X64.Tests.Assembly;

/// <summary>Jumps, calls, addresses relative to the code, padding.</summary>
public sealed unsafe class FlowFormTests
{
    [Test]
    public void Jumps_calls_and_operands_in_the_code_go_where_they_are_aimed()
    {
        var buffer = stackalloc byte[256];
        var asm = new Asm { At = buffer };
        var target = buffer + 200;
        asm.Jmp(target);
        asm.Jcc(Cond.Greater, target);
        asm.Call(target);
        asm.Lea(Reg.R9, Mem.Of(target));
        asm.Op(Alu.Cmp, Mem.Of(target), 0x12345678);
        asm.Op(Alu.Cmp, Mem.Of(target), 1);
        asm.Op(Bits.Xor, Xmm.Xmm9, Xmm.Xmm3, Mem.Of(target));
        asm.Store(Mem.Of(target), 7, 2);
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(new ReadOnlySpan<byte>(buffer, (int)(asm.At - buffer)).ToArray()));
        for (var count = 0; count < 8; count++)
        {
            var instruction = decoder.Decode();
            Assert.Equal(200u, instruction.IsIPRelativeMemoryOperand ? instruction.IPRelativeMemoryAddress : instruction.NearBranchTarget);
        }

        Assert.Equal((ulong)(asm.At - buffer), decoder.IP);
    }

    [Test]
    public void A_jump_that_is_patched_has_its_displacement_within_8_bytes()
    {
        var buffer = (byte*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc(256, 64);
        for (var offset = 0; offset < 16; offset++)
            foreach (var conditional in (bool[])[true, false])
            {
                var asm = new Asm { At = buffer + offset };
                var place = conditional ? asm.PatchableJcc(Cond.Less) : asm.PatchableJmp();
                Assert.InRange((nint)place & 7, 0, 4);
                var decoder = Decoder.Create(64, new ByteArrayCodeReader(new ReadOnlySpan<byte>(buffer + offset, (int)(asm.At - buffer - offset)).ToArray()));
                var instruction = decoder.Decode();
                if (instruction.Mnemonic == Mnemonic.Nop)
                    instruction = decoder.Decode();
                Assert.Equal((conditional ? Mnemonic.Jl : Mnemonic.Jmp, (ulong)(asm.At - buffer - offset)), (instruction.Mnemonic, decoder.IP));
            }

        System.Runtime.InteropServices.NativeMemory.AlignedFree(buffer);
    }

    [Test]
    public void Padding_is_made_of_no_operations()
    {
        var buffer = (byte*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc(64, 64);
        for (var offset = 0; offset < 32; offset++)
        {
            var asm = new Asm { At = buffer + offset };
            asm.Align(32);
            Assert.Equal(0, (asm.At - buffer) % 32);
            var decoder = Decoder.Create(64, new ByteArrayCodeReader(new ReadOnlySpan<byte>(buffer + offset, (int)(asm.At - buffer - offset)).ToArray()));
            while (decoder.IP < (ulong)(asm.At - buffer - offset))
                Assert.Equal(Mnemonic.Nop, decoder.Decode().Mnemonic);
        }

        System.Runtime.InteropServices.NativeMemory.AlignedFree(buffer);
    }
}
