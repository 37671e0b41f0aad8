using Emu.Guest.RiscV;

namespace Emu.Engine.Tests.Machines;

/// <summary>Pieces of programs that several tests run.</summary>
internal static class Programs
{
    /// <summary>Counts in a0 and never ends.</summary>
    public static void CountForever(Assembler code)
    {
        var top = new Label();
        code.Place(top);
        code.Addi(XRegister.A0, XRegister.A0, 1);
        code.Jal(XRegister.Zero, top);
    }

    /// <summary>Puts a number below 2^31 into a register.</summary>
    public static void Number(this Assembler code, XRegister register, int value)
    {
        code.Lui(register, (value + 0x800) >> 12 << 12);
        code.Addi(register, register, value << 20 >> 20);
    }

    /// <summary>A system call.</summary>
    public static void Call(this Assembler code, int number)
    {
        code.Addi(XRegister.A7, XRegister.Zero, number);
        code.Ecall();
    }

    /// <summary>Ends the vCPU.</summary>
    public static void Exit(this Assembler code) => code.Call(TestSystem.ExitCall);

    /// <summary>Does something so many times, counting down in t6.</summary>
    public static void Repeat(this Assembler code, int count, Action body)
    {
        var top = new Label();
        code.Number(XRegister.T6, count);
        code.Place(top);
        body();
        code.Addi(XRegister.T6, XRegister.T6, -1);
        code.Bne(XRegister.T6, XRegister.Zero, top);
    }
}
