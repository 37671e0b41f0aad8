namespace Emu.Plugins.Hosting;

/// <summary>What a body computes from one or two 64-bit numbers.</summary>
public enum BodyOp
{
    /// <summary>Sum modulo 2^64.</summary>
    Add,
    /// <summary>Difference modulo 2^64.</summary>
    Sub,
    /// <summary>Low half of the product.</summary>
    Mul,
    /// <summary>Signed quotient towards zero; the divisor is neither 0 nor -1.</summary>
    DivSigned,
    /// <summary>Unsigned quotient; the divisor is not 0.</summary>
    DivUnsigned,
    /// <summary>Remainder with the dividend's sign; the divisor is neither 0 nor -1.</summary>
    RemSigned,
    /// <summary>Unsigned remainder; the divisor is not 0.</summary>
    RemUnsigned,
    /// <summary>Bitwise and.</summary>
    And,
    /// <summary>Bitwise or.</summary>
    Or,
    /// <summary>Bitwise exclusive or.</summary>
    Xor,
    /// <summary>Shift left; the amount counts modulo 64.</summary>
    Shl,
    /// <summary>Logical shift right; the amount counts modulo 64.</summary>
    Shr,
    /// <summary>Arithmetic shift right; the amount counts modulo 64.</summary>
    Sar,
    /// <summary>1 if equal, else 0.</summary>
    SetEqual,
    /// <summary>1 if different, else 0.</summary>
    SetNotEqual,
    /// <summary>1 if less as signed numbers, else 0.</summary>
    SetLessSigned,
    /// <summary>1 if less as unsigned numbers, else 0.</summary>
    SetLessUnsigned,
    /// <summary>The lesser signed number.</summary>
    MinSigned,
    /// <summary>The greater signed number.</summary>
    MaxSigned,
    /// <summary>The lesser unsigned number.</summary>
    MinUnsigned,
    /// <summary>The greater unsigned number.</summary>
    MaxUnsigned,
    /// <summary>The low 8 bits, sign-extended.</summary>
    SignExtend8,
    /// <summary>The low 16 bits, sign-extended.</summary>
    SignExtend16,
    /// <summary>The low 32 bits, sign-extended.</summary>
    SignExtend32,
    /// <summary>The low 8 bits.</summary>
    ZeroExtend8,
    /// <summary>The low 16 bits.</summary>
    ZeroExtend16,
    /// <summary>The low 32 bits.</summary>
    ZeroExtend32,
    /// <summary>Zeros above the highest one; 64 for 0.</summary>
    CountLeadingZeros,
    /// <summary>Zeros below the lowest one; 64 for 0.</summary>
    CountTrailingZeros,
    /// <summary>Number of ones.</summary>
    PopCount,
}
