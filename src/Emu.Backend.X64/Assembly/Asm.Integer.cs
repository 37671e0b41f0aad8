namespace Emu.Backend.X64.Assembly;

/// <content>Integer instructions; <c>wide</c> means 64 bits, else 32, and a 32-bit result is zero-extended.</content>
internal sealed unsafe partial class Asm
{
    public void Mov(Reg d, Reg s, bool wide = true)
    {
        if (d != s || !wide)
            Form(0x8B, (int)d, (int)s, wide);
    }

    public void Mov(Reg d, in Mem s, bool wide = true) => Form(0x8B, (int)d, s, wide);

    public void Mov(in Mem d, Reg s, bool wide = true) => Form(0x89, (int)s, d, wide);

    /// <summary>A 32-bit constant, sign-extended.</summary>
    public void Mov(in Mem d, int constant, bool wide = true)
    {
        Form(0xC7, 0, d, wide, following: 4);
        Int32(constant);
    }

    /// <summary>Any constant, in the shortest way that leaves the flags alone.</summary>
    public void Mov(Reg d, ulong constant)
    {
        if (constant <= uint.MaxValue)
        {
            if ((int)d >= 8)
                Byte(0x41);
            Byte(0xB8 | ((int)d & 7));
            Int32((int)constant);
        }
        else if ((long)constant == (int)constant)
        {
            Form(0xC7, 0, (int)d, wide: true);
            Int32((int)constant);
        }
        else
        {
            Byte((int)d >= 8 ? 0x49 : 0x48);
            Byte(0xB8 | ((int)d & 7));
            Int64(constant);
        }
    }

    /// <summary>Stores the low 1, 2, 4 or 8 bytes.</summary>
    public void Store(in Mem d, Reg s, int size)
    {
        if (size == 2)
            Byte(0x66);
        Form(size == 1 ? 0x88 : 0x89, (int)s, d, size == 8, isByte: size == 1);
    }

    /// <summary>Stores the low bytes of a constant, which for 8 bytes is sign-extended.</summary>
    public void Store(in Mem d, int constant, int size)
    {
        if (size == 2)
            Byte(0x66);
        Form(size == 1 ? 0xC6 : 0xC7, 0, d, size == 8, following: Math.Min(size, 4));
        if (size == 1)
            Byte(constant);
        else if (size == 2)
            Int16(constant);
        else
            Int32(constant);
    }

    /// <summary>Loads 1, 2, 4 or 8 bytes, extended to 64 bits.</summary>
    public void Load(Reg d, in Mem s, int size, bool signed)
    {
        switch (size)
        {
            case 1: Form(signed ? 0x1BE : 0x1B6, (int)d, s, wide: signed); break;
            case 2: Form(signed ? 0x1BF : 0x1B7, (int)d, s, wide: signed); break;
            case 4: Form(signed ? 0x63 : 0x8B, (int)d, s, wide: signed); break;
            default: Form(0x8B, (int)d, s, wide: true); break;
        }
    }

    /// <summary>Extends the low 1, 2 or 4 bytes to 64 bits.</summary>
    public void Extend(Reg d, Reg s, int size, bool signed)
    {
        switch (size)
        {
            case 1: Form(signed ? 0x1BE : 0x1B6, (int)d, (int)s, wide: signed, isByte: true); break;
            case 2: Form(signed ? 0x1BF : 0x1B7, (int)d, (int)s, wide: signed); break;
            default: Form(signed ? 0x63 : 0x8B, (int)d, (int)s, wide: signed); break;
        }
    }

    public void Lea(Reg d, in Mem s, bool wide = true) => Form(0x8D, (int)d, s, wide);

    public void Op(Alu op, Reg d, Reg s, bool wide = true) => Form(((int)op << 3) | 3, (int)d, (int)s, wide);

    public void Op(Alu op, Reg d, in Mem s, bool wide = true) => Form(((int)op << 3) | 3, (int)d, s, wide);

    public void Op(Alu op, in Mem d, Reg s, bool wide = true) => Form(((int)op << 3) | 1, (int)s, d, wide);

    public void Op(Alu op, Reg d, int constant, bool wide = true)
    {
        var small = constant == (sbyte)constant;
        Form(small ? 0x83 : 0x81, (int)op, (int)d, wide);
        if (small)
            Byte(constant);
        else
            Int32(constant);
    }

    public void Op(Alu op, in Mem d, int constant, bool wide = true)
    {
        var small = constant == (sbyte)constant;
        Form(small ? 0x83 : 0x81, (int)op, d, wide, following: small ? 1 : 4);
        if (small)
            Byte(constant);
        else
            Int32(constant);
    }

    public void Test(Reg a, Reg b, bool wide = true) => Form(0x85, (int)b, (int)a, wide);

    /// <summary>Tests bits of the register's lowest byte.</summary>
    public void TestLow(Reg a, int bits)
    {
        Form(0xF6, 0, (int)a, wide: false, isByte: true);
        Byte(bits);
    }

    public void Neg(Reg d, bool wide = true) => Form(0xF7, 3, (int)d, wide);

    public void Imul(Reg d, Reg s, bool wide = true) => Form(0x1AF, (int)d, (int)s, wide);

    public void Imul(Reg d, in Mem s, bool wide = true) => Form(0x1AF, (int)d, s, wide);

    public void Imul(Reg d, Reg s, int constant, bool wide = true)
    {
        Form(0x69, (int)d, (int)s, wide);
        Int32(constant);
    }

    public void Imul(Reg d, in Mem s, int constant, bool wide = true)
    {
        Form(0x69, (int)d, s, wide, following: 4);
        Int32(constant);
    }

    /// <summary><c>rdx:rax</c> = rax times the operand.</summary>
    public void MulWide(Reg s, bool signed) => Form(0xF7, signed ? 5 : 4, (int)s, wide: true);

    /// <inheritdoc cref="MulWide(Reg, bool)"/>
    public void MulWide(in Mem s, bool signed) => Form(0xF7, signed ? 5 : 4, s, wide: true);

    /// <summary>Quotient in rax, remainder in rdx, of <c>rdx:rax</c> by the operand.</summary>
    public void Div(Reg s, bool signed, bool wide) => Form(0xF7, signed ? 7 : 6, (int)s, wide);

    /// <inheritdoc cref="Div(Reg, bool, bool)"/>
    public void Div(in Mem s, bool signed, bool wide) => Form(0xF7, signed ? 7 : 6, s, wide);

    /// <summary>Fills rdx with the sign of rax.</summary>
    public void SignIntoRdx(bool wide)
    {
        if (wide)
            Byte(0x48);
        Byte(0x99);
    }

    public void ShiftBy(Shift op, Reg d, int amount, bool wide = true)
    {
        Form(0xC1, (int)op, (int)d, wide);
        Byte(amount);
    }

    public void ShiftBy(Shift op, in Mem d, int amount, bool wide = true)
    {
        Form(0xC1, (int)op, d, wide, following: 1);
        Byte(amount);
    }

    public void Set(Cond condition, Reg d) => Form(0x190 | (int)condition, 0, (int)d, wide: false, isByte: true);

    public void Cmov(Cond condition, Reg d, Reg s) => Form(0x140 | (int)condition, (int)d, (int)s, wide: true);

    public void Cmov(Cond condition, Reg d, in Mem s) => Form(0x140 | (int)condition, (int)d, s, wide: true);

    public void Push(Reg r)
    {
        if ((int)r >= 8)
            Byte(0x41);
        Byte(0x50 | ((int)r & 7));
    }

    public void Pop(Reg r)
    {
        if ((int)r >= 8)
            Byte(0x41);
        Byte(0x58 | ((int)r & 7));
    }

    /// <summary>Prefix: the read-modify-write of the next instruction is atomic.</summary>
    public void Lock() => Byte(0xF0);

    /// <summary>Exchange with memory, always atomic.</summary>
    public void Xchg(in Mem d, Reg s, bool wide) => Form(0x87, (int)s, d, wide);

    public void Xadd(in Mem d, Reg s, bool wide) => Form(0x1C1, (int)s, d, wide);

    /// <summary>If memory equals rax it becomes <paramref name="s"/>, else rax becomes memory.</summary>
    public void Cmpxchg(in Mem d, Reg s, bool wide) => Form(0x1B1, (int)s, d, wide);
}
