using Emu.Guest.RiscV;

namespace Emu.Plugins.Tests.Machines;

/// <summary>Programs that several tests run.</summary>
internal static class Programs
{
    /// <summary>Instructions of <see cref="Loop"/> outside of the loop: its set-up and the exit call.</summary>
    public const int LoopOverhead = 2 + 2;

    /// <summary>Instructions of <see cref="LoopCallLoop"/> outside of the loops.</summary>
    public const int LoopCallLoopOverhead = 2 + 2 + 2 + 2;

    /// <summary>Instructions of one round of <see cref="RoundsUntilTold"/>, a block.</summary>
    public const ulong InstructionsPerRound = 3;

    /// <summary>Instructions around its rounds: the exit call.</summary>
    public const ulong InstructionsAroundRounds = 2;

    /// <summary>Counts rounds in t0 until the word at s0 is not zero.</summary>
    public static void RoundsUntilTold(Assembler code)
    {
        var top = new Label();
        code.Place(top);
        code.Addi(XRegister.T0, XRegister.T0, 1);
        code.Ld(XRegister.T1, XRegister.S0, 0);
        code.Beq(XRegister.T1, XRegister.Zero, top);
    }

    /// <summary>Counts down from a number below 2^31: two instructions each time.</summary>
    public static Action<Assembler> Loop(int count) => code => CountDown(code, count);

    /// <summary>Counts down, makes system call 1, counts down again.</summary>
    public static Action<Assembler> LoopCallLoop(int count) => code =>
    {
        CountDown(code, count);
        code.Addi(XRegister.A7, XRegister.Zero, 1);
        code.Ecall();
        CountDown(code, count);
    };

    private static void CountDown(Assembler code, int count)
    {
        var top = new Label();
        code.Lui(XRegister.T0, (count + 0x800) >> 12 << 12);
        code.Addi(XRegister.T0, XRegister.T0, count << 20 >> 20);
        code.Place(top);
        code.Addi(XRegister.T0, XRegister.T0, -1);
        code.Bne(XRegister.T0, XRegister.Zero, top);
    }
}
