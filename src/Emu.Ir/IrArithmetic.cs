namespace Emu.Ir;

/// <summary>Integer operations whose value does not fit an expression in <c>Ir.ops</c>: total division, as RISC-V defines it (Unpriv. ISA 13.2).</summary>
public static class IrArithmetic
{
    /// <summary>High half of signed <paramref name="a"/> times unsigned <paramref name="b"/>.</summary>
    public static ulong MulHighSignedUnsigned(ulong a, ulong b) => Math.BigMul(a, b, out _) - ((long)a < 0 ? b : 0);

    /// <summary>Signed quotient; -1 for a zero divisor; the dividend on overflow.</summary>
    public static ulong DivSigned(ulong a, ulong b) => b switch
    {
        0 => ulong.MaxValue,
        ulong.MaxValue => 0 - a,
        _ => (ulong)((long)a / (long)b),
    };

    /// <summary>Signed remainder; the dividend for a zero divisor; 0 on overflow.</summary>
    public static ulong RemSigned(ulong a, ulong b) => b switch
    {
        0 => a,
        ulong.MaxValue => 0,
        _ => (ulong)((long)a % (long)b),
    };

    /// <summary>Signed 32-bit quotient, sign-extended; -1 for a zero divisor; the dividend on overflow.</summary>
    public static ulong DivSigned32(ulong a, ulong b) => (uint)b switch
    {
        0 => ulong.MaxValue,
        uint.MaxValue => (ulong)(int)(0 - (uint)a),
        _ => (ulong)((int)a / (int)b),
    };

    /// <summary>Signed 32-bit remainder, sign-extended; the dividend for a zero divisor; 0 on overflow.</summary>
    public static ulong RemSigned32(ulong a, ulong b) => (uint)b switch
    {
        0 => (ulong)(int)a,
        uint.MaxValue => 0,
        _ => (ulong)((int)a % (int)b),
    };
}
