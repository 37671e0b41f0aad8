namespace Emu.Backend.X64.Assembly;

/// <summary>Scalar floating-point operations of the same encoding, by their opcodes.</summary>
internal enum Fp : byte
{
    Sqrt = 0x51, Add = 0x58, Mul = 0x59, Sub = 0x5C, Min = 0x5D, Div = 0x5E, Max = 0x5F,
}

/// <summary>Bitwise operations on vector registers, by their opcodes.</summary>
internal enum Bits : byte
{
    And = 0x54, AndNot = 0x55, Or = 0x56, Xor = 0x57,
}

/// <summary>Fused multiply-add, the form that adds to its destination: ±(b·c) ± d, by its opcodes.</summary>
internal enum Fma : byte
{
    Add = 0xB9, Sub = 0xBB, NegateAdd = 0xBD, NegateSub = 0xBF,
}

/// <content>VEX-encoded scalar instructions; <c>wide</c> means 64-bit numbers, else 32-bit ones. They clear bits 127 to 64, or keep those of the first source.</content>
internal sealed unsafe partial class Asm
{
    private const int Map0F = 1, Map0F38 = 2, Map0F3A = 3;
    private const int None = 0, P66 = 1, PF3 = 2, PF2 = 3;

    public void Movs(Xmm d, in Mem s, bool wide) => Vex(Map0F, wide ? PF2 : PF3, false, 0x10, (int)d, 0, s);

    public void Movs(in Mem d, Xmm s, bool wide) => Vex(Map0F, wide ? PF2 : PF3, false, 0x11, (int)s, 0, d);

    public void Mova(Xmm d, Xmm s)
    {
        if (d != s)
            Vex(Map0F, None, false, 0x28, (int)d, 0, (int)s);
    }

    /// <summary>From a general register, the rest is zero.</summary>
    public void Mov(Xmm d, Reg s, bool wide) => Vex(Map0F, P66, wide, 0x6E, (int)d, 0, (int)s);

    public void Mov(Reg d, Xmm s, bool wide) => Vex(Map0F, P66, wide, 0x7E, (int)s, 0, (int)d);

    public void Op(Fp op, Xmm d, Xmm a, Xmm b, bool wide) => Vex(Map0F, wide ? PF2 : PF3, false, (int)op, (int)d, (int)a, (int)b);

    public void Op(Fp op, Xmm d, Xmm a, in Mem b, bool wide) => Vex(Map0F, wide ? PF2 : PF3, false, (int)op, (int)d, (int)a, b);

    public void Op(Fma op, Xmm d, Xmm b, Xmm c, bool wide) => Vex(Map0F38, P66, wide, (int)op, (int)d, (int)b, (int)c);

    public void Op(Fma op, Xmm d, Xmm b, in Mem c, bool wide) => Vex(Map0F38, P66, wide, (int)op, (int)d, (int)b, c);

    public void Op(Bits op, Xmm d, Xmm a, Xmm b) => Vex(Map0F, None, false, (int)op, (int)d, (int)a, (int)b);

    public void Op(Bits op, Xmm d, Xmm a, in Mem b) => Vex(Map0F, None, false, (int)op, (int)d, (int)a, b);

    /// <summary>Compares; the quiet form signals an invalid operation for signalling NaNs only.</summary>
    public void Comis(Xmm a, Xmm b, bool wide, bool quiet) => Vex(Map0F, wide ? P66 : None, false, quiet ? 0x2E : 0x2F, (int)a, 0, (int)b);

    /// <summary>All bits of the low number are 1 if the two are equal, else 0; quiet.</summary>
    public void CmpEqual(Xmm d, Xmm a, Xmm b, bool wide)
    {
        Vex(Map0F, wide ? PF2 : PF3, false, 0xC2, (int)d, (int)a, (int)b);
        Byte(0);
    }

    /// <summary>From an integer of 64 or 32 bits; the first source gives the upper bits.</summary>
    public void FromInteger(Xmm d, Xmm upper, Reg s, bool wide, bool from64) => Vex(Map0F, wide ? PF2 : PF3, from64, 0x2A, (int)d, (int)upper, (int)s);

    /// <summary>To an integer of 64 or 32 bits; the most negative one if it cannot be.</summary>
    public void ToInteger(Reg d, Xmm s, bool wide, bool to64, bool truncate) => Vex(Map0F, wide ? PF2 : PF3, to64, truncate ? 0x2C : 0x2D, (int)d, 0, (int)s);

    /// <summary>From 32 to 64 bits if <paramref name="widen"/>, else back.</summary>
    public void ConvertWidth(Xmm d, Xmm upper, Xmm s, bool widen) => Vex(Map0F, widen ? PF3 : PF2, false, 0x5A, (int)d, (int)upper, (int)s);

    /// <summary>The second 32 bits of a vector register.</summary>
    public void UpperHalf(Reg d, Xmm s)
    {
        Vex(Map0F3A, P66, false, 0x16, (int)s, 0, (int)d);
        Byte(1);
    }

    /// <summary>d = s shifted left by the count, without touching the flags (BMI2).</summary>
    public void Shl(Reg d, Reg s, Reg count, bool wide) => Vex(Map0F38, P66, wide, 0xF7, (int)d, (int)count, (int)s);

    /// <inheritdoc cref="Shl(Reg, Reg, Reg, bool)"/>
    public void Shl(Reg d, in Mem s, Reg count, bool wide) => Vex(Map0F38, P66, wide, 0xF7, (int)d, (int)count, s);

    public void Shr(Reg d, Reg s, Reg count, bool wide) => Vex(Map0F38, PF2, wide, 0xF7, (int)d, (int)count, (int)s);

    public void Shr(Reg d, in Mem s, Reg count, bool wide) => Vex(Map0F38, PF2, wide, 0xF7, (int)d, (int)count, s);

    public void Sar(Reg d, Reg s, Reg count, bool wide) => Vex(Map0F38, PF3, wide, 0xF7, (int)d, (int)count, (int)s);

    public void Sar(Reg d, in Mem s, Reg count, bool wide) => Vex(Map0F38, PF3, wide, 0xF7, (int)d, (int)count, s);

    /// <summary>d = s rotated right by a constant (BMI2).</summary>
    public void Rorx(Reg d, Reg s, int amount, bool wide)
    {
        Vex(Map0F3A, PF2, wide, 0xF0, (int)d, 0, (int)s);
        Byte(amount);
    }

    private void Vex(int map, int prefix, bool w, int opcode, int register, int first, int other)
    {
        VexPrefix(map, prefix, w, register, first, 0, other);
        Byte(opcode);
        Byte(0xC0 | ((register & 7) << 3) | (other & 7));
    }

    private void Vex(int map, int prefix, bool w, int opcode, int register, int first, in Mem memory)
    {
        VexPrefix(map, prefix, w, register, first, (int)memory.Index, (int)memory.Base);
        Byte(opcode);
        Operand(register, memory, following: 0);
    }

    // SDM volume 2, 2.3.5. Register numbers stand inverted in it.
    private void VexPrefix(int map, int prefix, bool w, int register, int first, int index, int @base)
    {
        var last = ((first ^ 15) << 3) | prefix;
        if (map == Map0F && !w && index < 8 && @base < 8)
        {
            Byte(0xC5);
            Byte((register < 8 ? 0x80 : 0) | last);
            return;
        }

        Byte(0xC4);
        Byte((register < 8 ? 0x80 : 0) | (index < 8 ? 0x40 : 0) | (@base < 8 ? 0x20 : 0) | map);
        Byte((w ? 0x80 : 0) | last);
    }
}
