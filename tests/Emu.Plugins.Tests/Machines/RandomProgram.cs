using Emu.Engine.Execution;
using Emu.Guest.RiscV;

namespace Emu.Plugins.Tests.Machines;

/// <summary>A loop of random loads, stores, atomic operations and arithmetic, which may end with a fault.</summary>
internal static class RandomProgram
{
    private const uint Unordered = 0;

    private static readonly XRegister[] Values = [XRegister.T0, XRegister.T1, XRegister.T2, XRegister.A0, XRegister.A1, XRegister.S1, XRegister.T6];

    public static void Assemble(Assembler code, Random random)
    {
        var top = new Label();
        code.Addi(XRegister.S2, XRegister.Zero, 20);
        code.Place(top);
        for (var i = 0; i < 40; i++)
            Assemble(code, random, Pick(random), Pick(random), random.Next(64) * 8);
        code.Addi(XRegister.S2, XRegister.S2, -1);
        code.Bne(XRegister.S2, XRegister.Zero, top);
        if (random.Next(2) == 0)
            code.Sd(Pick(random), XRegister.Zero, 0); // what stands behind it in its block is not done
    }

    /// <summary>Gives the registers that it uses random values.</summary>
    public static void Fill(VCpuContext vcpu, Random random)
    {
        foreach (var register in Values)
            vcpu.Register(RiscVState.OffsetOf(register)) = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
    }

    private static void Assemble(Assembler code, Random random, XRegister a, XRegister b, int offset)
    {
        switch (random.Next(16))
        {
            case 0: code.Ld(a, XRegister.S0, offset); break;
            case 1: code.Lw(a, XRegister.S0, offset); break;
            case 2: code.Lwu(a, XRegister.S0, offset); break;
            case 3: code.Lh(a, XRegister.S0, offset); break;
            case 4: code.Lbu(a, XRegister.S0, offset); break;
            case 5 or 6: code.Sd(a, XRegister.S0, offset); break;
            case 7: code.Sw(a, XRegister.S0, offset); break;
            case 8: code.Sh(a, XRegister.S0, offset); break;
            case 9: code.Sb(a, XRegister.S0, offset); break;
            case 10: code.AmoaddD(a, XRegister.S0, b, Unordered); break;
            case 11: code.LrD(a, XRegister.S0, Unordered); break;
            case 12: code.ScD(a, XRegister.S0, b, Unordered); break;
            case 13: code.Add(a, a, b); break;
            case 14: code.Srli(a, b, (uint)random.Next(64)); break;
            default: code.Xor(a, a, b); break;
        }
    }

    private static XRegister Pick(Random random) => Values[random.Next(Values.Length)];
}
