using Emu.Engine.Execution;

namespace Emu.Guest.RiscV;

/// <summary>
/// Where the guest's registers lie in a vCPU's state block, as byte offsets. The program counter, the floating-point flags and
/// the rounding mode are in the header, see <see cref="VCpuState"/>.
/// </summary>
public static class RiscVState
{
    /// <summary>The program counter, in the header; exact whenever translated code has returned.</summary>
    public const int Pc = VCpuState.PcOffset;

    /// <summary>fflags, in the header.</summary>
    public const int FloatFlags = VCpuState.FloatFlagsOffset;

    /// <summary>frm, in the header.</summary>
    public const int RoundingMode = VCpuState.RoundingModeOffset;

    /// <summary>x0; it exists so that registers can be indexed, and is always zero.</summary>
    public const int X0 = VCpuState.GuestOffset;

    /// <summary>f0, 64 bits each, 32-bit values NaN-boxed (Unpriv. ISA 21.2).</summary>
    public const int F0 = X0 + 32 * 8;

    /// <summary>Two pairs of 64-bit numbers for instructions on pairs of registers, where a pair is x0: it is not followed by a second zero.</summary>
    public const int Pairs = F0 + 32 * 8;

    /// <summary>Bytes of the state block.</summary>
    public const int Size = Pairs + 4 * 8;

    /// <summary>The offset of an integer register.</summary>
    public static int OffsetOf(XRegister register) => X0 + 8 * (int)register;

    /// <summary>The offset of a floating-point register.</summary>
    public static int OffsetOf(FRegister register) => F0 + 8 * (int)register;
}
