using System.Numerics;
using System.Runtime.CompilerServices;

namespace Emu.Ir;

/// <summary>
/// Integer operations whose value does not fit an expression in <c>Ir.ops</c>: high halves of products, total division as RISC-V defines it
/// (Unpriv. ISA 13.2), bytes and polynomials.
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

    /// <summary>The bits of each byte in reverse order.</summary>
    public static ulong ReverseBitsInBytes(ulong a)
    {
        a = (a >> 1 & 0x5555555555555555) | (a & 0x5555555555555555) << 1;
        a = (a >> 2 & 0x3333333333333333) | (a & 0x3333333333333333) << 2;
        return (a >> 4 & 0x0F0F0F0F0F0F0F0F) | (a & 0x0F0F0F0F0F0F0F0F) << 4;
    }

    /// <summary>0xFF for each byte that is not zero, else 0.</summary>
    public static ulong FillNonZeroBytes(ulong a)
    {
        const ulong low = 0x7F7F7F7F7F7F7F7F;
        // A byte's top bit is set if one of its lower bits carries into it, or it was.
        var tops = (((a & low) + low) | a) & ~low;
        return (tops >> 7) * 0xFF;
    }

    /// <summary>Low half of the product of polynomials over GF(2).</summary>
    public static ulong CarrylessMul(ulong a, ulong b)
    {
        var product = 0UL;
        for (var rest = b; rest != 0; rest &= rest - 1)
            product ^= a << BitOperations.TrailingZeroCount(rest);
        return product;
    }

    /// <summary>High half of the product of polynomials over GF(2).</summary>
    public static ulong CarrylessMulHigh(ulong a, ulong b)
    {
        var product = 0UL;
        // Two shifts: one by 64 would be none.
        for (var rest = b; rest != 0; rest &= rest - 1)
            product ^= a >> 1 >> (63 - BitOperations.TrailingZeroCount(rest));
        return product;
    }
}
