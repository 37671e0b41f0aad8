namespace Emu.Backend.X64.Assembly;

/// <content>Jumps and calls. A method that returns a place returns that of the 32-bit displacement, for <see cref="Aim"/>.</content>
internal sealed unsafe partial class Asm
{
    /// <summary>Points the displacement at a place to another place; both in the view that is written.</summary>
    public static void Aim(byte* displacement, byte* target) => *(int*)displacement = (int)(target - (displacement + 4));

    public byte* Jmp()
    {
        Byte(0xE9);
        Int32(0);
        return At - 4;
    }

    public void Jmp(byte* target) => Aim(Jmp(), target);

    public byte* Jcc(Cond condition)
    {
        Byte(0x0F);
        Byte(0x80 | (int)condition);
        Int32(0);
        return At - 4;
    }

    public void Jcc(Cond condition, byte* target) => Aim(Jcc(condition), target);

    /// <summary>A jump whose displacement can be changed by one store while others run: it does not straddle 8 bytes.</summary>
    public byte* PatchableJmp()
    {
        PadBefore(1);
        return Jmp();
    }

    /// <inheritdoc cref="PatchableJmp"/>
    public byte* PatchableJcc(Cond condition)
    {
        PadBefore(2);
        return Jcc(condition);
    }

    private void PadBefore(int opcodeBytes)
    {
        var place = (int)(((nint)At + opcodeBytes) & 7);
        if (place > 4)
            foreach (var octet in Nop(8 - place))
                Byte(octet);
    }

    public void Jmp(in Mem target) => Form(0xFF, 4, target, wide: false);

    public void Jmp(Reg target) => Form(0xFF, 4, (int)target, wide: false);

    public void Call(byte* target)
    {
        Byte(0xE8);
        Int32(0);
        Aim(At - 4, target);
    }

    public void Call(in Mem target) => Form(0xFF, 2, target, wide: false);

    public void Ret() => Byte(0xC3);

    /// <summary>An instruction that no processor has.</summary>
    public void Ud2()
    {
        Byte(0x0F);
        Byte(0x0B);
    }

    public void Stmxcsr(in Mem d) => Form(0x1AE, 3, d, wide: false);

    public void Ldmxcsr(in Mem s) => Form(0x1AE, 2, s, wide: false);
}
