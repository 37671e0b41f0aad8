using System.Numerics;

namespace StandardPlugins;

/// <summary>
/// Writes accesses as a tag of one byte each, and numbers for what could not be foreseen: that the instruction is the one that followed the last one before, and that its address is as
/// far from its last one as that was from the one before. The README describes it for readers, which foresee the same.
/// </summary>
internal sealed class AccessEncoder
{
    private const int Sites = 4096;
    private const int StoreBit = 4;
    private const int KnownPcBit = 8;
    private const int KnownAddressBit = 16;
    private const int LongestNumber = 10;

    private readonly Site[] _sites = new Site[Sites];
    private byte[] _content = [];
    private int _length;

    /// <summary>The tags of all accesses, then the numbers; good until the next call.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<Access> accesses)
    {
        var most = accesses.Length * (1 + 2 * LongestNumber);
        if (_content.Length < most)
            _content = new byte[most];
        Array.Clear(_sites);
        _length = accesses.Length;
        var pc = 0UL;
        for (var i = 0; i < accesses.Length; i++)
        {
            ref readonly var access = ref accesses[i];
            var tag = BitOperations.Log2(access.Size) | (access.IsStore ? StoreBit : 0);
            ref var last = ref _sites[SiteOf(pc)];
            if (last.Next == access.Pc)
                tag |= KnownPcBit;
            else
                AppendDifference(access.Pc, pc);
            last.Next = pc = access.Pc;

            ref var site = ref _sites[SiteOf(pc)];
            var step = access.Address - site.Address;
            if (step == site.Step)
                tag |= KnownAddressBit;
            else
                AppendDifference(access.Address, site.Address);
            (site.Address, site.Step) = (access.Address, step);
            _content[i] = (byte)tag;
        }

        return _content.AsSpan(0, _length);
    }

    private static int SiteOf(ulong pc) => (int)(pc >> 1) & (Sites - 1);

    /// <summary>Seven bits to a byte, the low ones first, of the signed difference: twice its value, or twice its complement plus one if it is negative.</summary>
    private void AppendDifference(ulong value, ulong from)
    {
        var difference = (long)(value - from);
        var number = (ulong)((difference << 1) ^ (difference >> 63));
        for (; number >= 0x80; number >>= 7)
            _content[_length++] = (byte)(number | 0x80);
        _content[_length++] = (byte)number;
    }

    /// <summary>What is known of an instruction, or of several that share a place.</summary>
    private struct Site
    {
        public ulong Next;
        public ulong Address;
        public ulong Step;
    }
}
