using System.Runtime.CompilerServices;

namespace Emu.Ir;

/// <summary>
/// Integer operations whose value does not fit an expression in <c>Ir.ops</c>: high halves of products, and total division as RISC-V defines it
/// (Unpriv. ISA 13.2).
/// </summary>
public static class IrArithmetic
{
    /// <summary>High half of the unsigned product.</summary>
    /// <remarks><see cref="Math.BigMul(ulong, ulong, out ulong)"/> writes through an address, and a method with a local whose address is taken makes no tail calls.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MulHighUnsigned(ulong a, ulong b)
    {
        var (aLow, aHigh, bLow, bHigh) = ((ulong)(uint)a, a >> 32, (ulong)(uint)b, b >> 32);
        var middle = aHigh * bLow + (aLow * bLow >> 32);
        var other = aLow * bHigh + (uint)middle;
        return aHigh * bHigh + (middle >> 32) + (other >> 32);
    }

    /// <summary>High half of the signed product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MulHighSigned(ulong a, ulong b) => MulHighSignedUnsigned(a, b) - ((ulong)((long)b >> 63) & a);

    /// <summary>High half of signed <paramref name="a"/> times unsigned <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MulHighSignedUnsigned(ulong a, ulong b) => MulHighUnsigned(a, b) - ((ulong)((long)a >> 63) & b);

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
