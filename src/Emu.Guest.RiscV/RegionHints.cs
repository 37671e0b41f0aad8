using System.Buffers.Binary;
using Emu.Engine.Contracts;

namespace Emu.Guest.RiscV;

/// <summary>
/// The instructions by which a program marks a region of interest: <c>slti zero, zero, 0x7e1</c> before it and <c>slti zero, zero, 0x7e2</c> behind it, of the HINTs that are left to
/// custom use (Unpriv. ISA 2.9). They do nothing anywhere; <c>tests/guests/src/emu_region.h</c> has them for C.
/// </summary>
internal static class RegionHints
{
    private const uint Start = 0x7E1;
    private const uint Stop = 0x7E2;
    private const uint Slti = 0x0000_2013; // to and from register zero
    private const int Immediate = 20;

    public static RegionMark Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != sizeof(uint))
            return RegionMark.None;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return (bits & ((1u << Immediate) - 1)) != Slti ? RegionMark.None : (bits >> Immediate) switch
        {
            Start => RegionMark.Start,
            Stop => RegionMark.Stop,
            _ => RegionMark.None,
        };
    }
}
