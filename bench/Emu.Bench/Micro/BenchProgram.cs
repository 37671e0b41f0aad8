using Emu.Guest.RiscV;

namespace Emu.Bench.Micro;

/// <summary>Small guest programs of a known number of instructions. Each ends with a system call.</summary>
internal static class BenchProgram
{
    /// <summary>Instructions of <see cref="Mix"/>, without the system call.</summary>
    public const int MixInstructions = 1000;

    /// <summary>Instructions that a loop executes, without its prologue and the system call.</summary>
    public const int LoopInstructions = 10 * LoopRounds;

    private const int LoopRounds = 100_000;

    /// <summary>
    /// Straight code in 125 blocks of eight instructions, mixed as compilers mix them: two loads, a store, four operations, a
    /// branch that is not taken.
    /// </summary>
    public static byte[] Mix()
    {
        var code = new Assembler();
        for (var i = 0; i < MixInstructions / 8; i++)
        {
            code.Ld(XRegister.A1, XRegister.Sp, -8 * (1 + i % 32));
            code.Addi(XRegister.A2, XRegister.A1, i);
            code.Lw(XRegister.A3, XRegister.Sp, -4 * (1 + i % 64));
            code.Xor(XRegister.A4, XRegister.A2, XRegister.A3);
            code.Slli(XRegister.A5, XRegister.A4, (uint)(1 + i % 31));
            code.Add(XRegister.A6, XRegister.A6, XRegister.A5);
            code.Sd(XRegister.A6, XRegister.Sp, -264 - 8 * (i % 32));
            code.Bne(XRegister.Zero, XRegister.Zero, 8);
        }

        code.Ecall();
        return code.ToArray();
    }

    /// <summary>One block of ten instructions that jumps to itself: eight additions, the counter, the branch.</summary>
    public static byte[] AdditionLoop() => Loop(code =>
    {
        for (var i = 0; i < 8; i++)
            code.Add((XRegister)((int)XRegister.A1 + i % 4), (XRegister)((int)XRegister.A1 + i % 4), XRegister.A0);
    });

    /// <summary>The same with four loads and four stores.</summary>
    public static byte[] MemoryLoop() => Loop(code =>
    {
        for (var i = 0; i < 4; i++)
        {
            code.Ld((XRegister)((int)XRegister.A1 + i), XRegister.Sp, -8 * (i + 1));
            code.Sd((XRegister)((int)XRegister.A1 + i), XRegister.Sp, -8 * (i + 17));
        }
    });

    /// <summary>The same with eight jumps to the next instruction: nine short blocks per round, all linked.</summary>
    public static byte[] JumpLoop() => Loop(code =>
    {
        for (var i = 0; i < 8; i++)
            code.Jal(XRegister.Zero, 4);
    });

    /// <summary>The same with two calls through a register and their returns: four indirect jumps per round.</summary>
    public static byte[] CallLoop()
    {
        const int function = 40; // ten instructions stand before it
        var (code, start) = (new Assembler(), new Label());
        code.Auipc(XRegister.S1, 0);
        code.Lui(XRegister.A0, LoopRounds & ~0xfff);
        code.Addi(XRegister.A0, XRegister.A0, LoopRounds & 0xfff);
        code.Place(start);
        for (var i = 0; i < 2; i++)
        {
            code.Jalr(XRegister.Ra, XRegister.S1, function);
            code.Add(XRegister.A1, XRegister.A1, XRegister.A0);
        }

        code.Addi(XRegister.A0, XRegister.A0, -1);
        code.Bne(XRegister.A0, XRegister.Zero, start);
        code.Ecall();
        code.Addi(XRegister.A2, XRegister.A2, 1);
        code.Jalr(XRegister.Zero, XRegister.Ra, 0);
        return code.ToArray();
    }

    private static byte[] Loop(Action<Assembler> body)
    {
        var (code, start) = (new Assembler(), new Label());
        code.Lui(XRegister.A0, LoopRounds & ~0xfff);
        code.Addi(XRegister.A0, XRegister.A0, LoopRounds & 0xfff);
        code.Place(start);
        body(code);
        code.Addi(XRegister.A0, XRegister.A0, -1);
        code.Bne(XRegister.A0, XRegister.Zero, start);
        code.Ecall();
        return code.ToArray();
    }
}
