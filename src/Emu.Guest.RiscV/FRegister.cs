namespace Emu.Guest.RiscV;

/// <summary>The floating-point registers f0 to f31 by their names in the calling convention (RISC-V ELF psABI, floating-point register convention).</summary>
public enum FRegister : byte
{
#pragma warning disable CS1591 // the names are the registers'
    Ft0, Ft1, Ft2, Ft3, Ft4, Ft5, Ft6, Ft7,
    Fs0, Fs1, Fa0, Fa1, Fa2, Fa3, Fa4, Fa5,
    Fa6, Fa7, Fs2, Fs3, Fs4, Fs5, Fs6, Fs7,
    Fs8, Fs9, Fs10, Fs11, Ft8, Ft9, Ft10, Ft11,
#pragma warning restore CS1591
}
