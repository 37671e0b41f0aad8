using Emu.Backend.X64.Assembly;

namespace Emu.Backend.X64.Code;

/// <summary>Constants of 16 bytes that vector instructions use; the upper half is zero.</summary>
internal sealed unsafe class FloatConstants(Asm asm)
{
    /// <summary>The canonical NaN of 64 bits.</summary>
    public byte* NaN64 { get; } = Write(asm, 0x7FF8000000000000);

    /// <summary>The canonical NaN of 32 bits, zero-extended.</summary>
    public byte* NaN32 { get; } = Write(asm, 0x7FC00000);

    /// <summary>What makes a 32-bit pattern a boxed one.</summary>
    public byte* Box { get; } = Write(asm, 0xFFFFFFFF00000000);

    public byte* Sign64 { get; } = Write(asm, 1UL << 63);

    public byte* Magnitude64 { get; } = Write(asm, (1UL << 63) - 1);

    public byte* Sign32 { get; } = Write(asm, 1UL << 31);

    public byte* Magnitude32 { get; } = Write(asm, (1UL << 31) - 1);

    /// <summary>The place of a constant that is among these, or null.</summary>
    public byte* Find(ulong value) => value switch
    {
        1UL << 63 => Sign64,
        (1UL << 63) - 1 => Magnitude64,
        1UL << 31 => Sign32,
        (1UL << 31) - 1 => Magnitude32,
        0xFFFFFFFF00000000 => Box,
        _ => null,
    };

    private static byte* Write(Asm asm, ulong low)
    {
        asm.Align(16);
        var place = asm.At;
        asm.Int64(low);
        asm.Int64(0);
        return place;
    }
}
