namespace Emu.Guest.RiscV;

/// <summary>Pairs of integer registers by the names of the first ones, which have even numbers; as a pair, x0 is two zeros (Unpriv. ISA 16).</summary>
public enum XPair : byte
{
#pragma warning disable CS1591 // the names are the registers'
    Zero, Sp, Tp, T1, S0, A0, A2, A4, A6, S2, S4, S6, S8, S10, T3, T5,
#pragma warning restore CS1591
}
