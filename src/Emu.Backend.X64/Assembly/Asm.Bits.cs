namespace Emu.Backend.X64.Assembly;

/// <summary>Counts of bits, by their opcodes: zeros below the lowest one, zeros above the highest one, ones.</summary>
internal enum BitCount
{
    TrailingZeros = 0x1BC, LeadingZeros = 0x1BD, Ones = 0x1B8,
}

internal sealed unsafe partial class Asm
{
    public void Count(BitCount what, Reg d, Reg s)
    {
        Byte(0xF3);
        Form((int)what, (int)d, (int)s, wide: true);
    }

    public void Count(BitCount what, Reg d, in Mem s)
    {
        Byte(0xF3);
        Form((int)what, (int)d, s, wide: true);
    }

    public void Bswap(Reg d)
    {
        Byte(0x48 | ((int)d >> 3));
        Byte(0x0F);
        Byte(0xC8 | ((int)d & 7));
    }

    public void Not(Reg d) => Form(0xF7, 2, (int)d, wide: true);

    /// <summary>d = ~inverted &amp; other (BMI1).</summary>
    public void Andn(Reg d, Reg inverted, Reg other) => Vex(Map0F38, None, true, 0xF2, (int)d, (int)inverted, (int)other);

    /// <inheritdoc cref="Andn(Reg, Reg, Reg)"/>
    public void Andn(Reg d, Reg inverted, in Mem other) => Vex(Map0F38, None, true, 0xF2, (int)d, (int)inverted, other);

    public void Xchg(Reg a, Reg b) => Form(0x87, (int)a, (int)b, wide: true);

    /// <summary>Rotates by <c>cl</c>.</summary>
    public void RorByCl(Reg d, bool wide) => Form(0xD3, (int)Shift.Ror, (int)d, wide);

    /// <summary>Each byte becomes all ones if it equals the other's, else zero.</summary>
    public void CompareBytes(Xmm d, Xmm a, Xmm b) => Vex(Map0F, P66, false, 0x74, (int)d, (int)a, (int)b);
}
