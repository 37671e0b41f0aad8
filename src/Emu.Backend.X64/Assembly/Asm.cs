namespace Emu.Backend.X64.Assembly;

/// <summary>
/// Writes machine code at a cursor, one method per form; it knows encodings and nothing else. Intel SDM volume 2, chapter 2. An own writer, as Iced's encoder takes a
/// hundred times longer for an instruction; a test has Iced decode every form. Not thread-safe.
/// </summary>
internal sealed unsafe partial class Asm
{
    /// <summary>Where the next byte goes, in the view that is written.</summary>
    public byte* At { get; set; }

    public void Byte(int value) => *At++ = (byte)value;

    public void Int16(int value)
    {
        *(short*)At = (short)value;
        At += 2;
    }

    public void Int32(int value)
    {
        *(int*)At = value;
        At += 4;
    }

    public void Int64(ulong value)
    {
        *(ulong*)At = value;
        At += 8;
    }

    /// <summary>Fills with no-operations up to a multiple of a power of two.</summary>
    public void Align(int alignment)
    {
        var gap = (int)(-(nint)At & (alignment - 1));
        while (gap > 0)
        {
            var length = Math.Min(gap, 9);
            foreach (var octet in Nop(length))
                Byte(octet);
            gap -= length;
        }
    }

    // SDM volume 2, NOP: the recommended sequences.
    private static ReadOnlySpan<byte> Nop(int length) => length switch
    {
        1 => [0x90],
        2 => [0x66, 0x90],
        3 => [0x0F, 0x1F, 0x00],
        4 => [0x0F, 0x1F, 0x40, 0x00],
        5 => [0x0F, 0x1F, 0x44, 0x00, 0x00],
        6 => [0x66, 0x0F, 0x1F, 0x44, 0x00, 0x00],
        7 => [0x0F, 0x1F, 0x80, 0x00, 0x00, 0x00, 0x00],
        8 => [0x0F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
        _ => [0x66, 0x0F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
    };

    /// <summary>An instruction with two registers. Opcodes above 0xFF stand for the map 0F.</summary>
    private void Form(int opcode, int register, int other, bool wide, bool isByte = false)
    {
        var rex = (wide ? 8 : 0) | (register >> 3 << 2) | (other >> 3);
        if (rex != 0 || (isByte && (register >= 4 || other >= 4)))
            Byte(0x40 | rex);
        Opcode(opcode);
        Byte(0xC0 | ((register & 7) << 3) | (other & 7));
    }

    /// <summary>
    /// An instruction with a register and a memory operand. There are <paramref name="following"/> bytes of it behind the operand: places in the code are relative to its end.
    /// A register of one byte needs a prefix, without which 4 to 7 would name other registers.
    /// </summary>
    private void Form(int opcode, int register, in Mem memory, bool wide, int following = 0, bool isByte = false)
    {
        var rex = (wide ? 8 : 0) | (register >> 3 << 2) | ((int)memory.Index >> 3 << 1) | ((int)memory.Base >> 3);
        if (rex != 0 || (isByte && register >= 4))
            Byte(0x40 | rex);
        Opcode(opcode);
        Operand(register, memory, following);
    }

    private void Opcode(int opcode)
    {
        if (opcode > 0xFF)
            Byte(0x0F);
        Byte(opcode);
    }

    private void Operand(int register, in Mem memory, int following)
    {
        var middle = (register & 7) << 3;
        if (memory.Place is not null)
        {
            Byte(middle | 5);
            Int32((int)(memory.Place - (At + 4 + following)));
            return;
        }

        var (@base, displacement) = ((int)memory.Base & 7, memory.Displacement);
        var mode = displacement == 0 && @base != (int)Reg.Rbp ? 0 : displacement == (sbyte)displacement ? 0x40 : 0x80;
        if (memory.Index != Mem.NoIndex || @base == (int)Reg.Rsp)
        {
            Byte(mode | middle | 4);
            Byte((memory.Scale << 6) | (((int)memory.Index & 7) << 3) | @base);
        }
        else
        {
            Byte(mode | middle | @base);
        }

        if (mode == 0x40)
            Byte(displacement);
        else if (mode == 0x80)
            Int32(displacement);
    }
}
