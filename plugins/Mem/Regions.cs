using System.Buffers.Binary;

namespace StandardPlugins;

/// <summary>
/// Mirrors what the guest stores, by regions of 16 KiB, to find loads of values that nobody was seen to store. Thread-safe.
/// </summary>
internal sealed class Regions
{
    private const int Size = 16 * 1024;

    private readonly SortedDictionary<ulong, Region> _regions = [];
    private readonly Lock _gate = new();

    /// <summary>The regions that were accessed, lowest first.</summary>
    public IEnumerable<Region> ByAddress => _regions.Values;

    /// <summary>Notes an access; one that crosses into the next region counts in both.</summary>
    /// <returns>Where a region lost its <see cref="Region.SeenAll"/> by this access, or null.</returns>
    public (ulong Region, int Offset)? Note(ulong address, int size, ulong value, bool isStore)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes = bytes[..size];
        lock (_gate)
        {
            var first = Math.Min(size, Size - (int)(address % Size));
            var unseen = Note(address, bytes[..first], isStore);
            return first == size ? unseen : unseen ?? Note(address + (ulong)first, bytes[first..], isStore);
        }
    }

    private (ulong Region, int Offset)? Note(ulong address, ReadOnlySpan<byte> bytes, bool isStore)
    {
        var offset = (int)(address % Size);
        var start = address - (ulong)offset;
        if (!_regions.TryGetValue(start, out var region))
            _regions.Add(start, region = new Region(start));
        var mirror = region.Mirror.AsSpan(offset, bytes.Length);
        if (isStore)
        {
            region.Writes++;
            bytes.CopyTo(mirror);
            return null;
        }

        region.Reads++;
        if (!region.SeenAll || mirror.SequenceEqual(bytes))
            return null;
        region.SeenAll = false;
        return (start, offset);
    }

    /// <summary>One region.</summary>
    internal sealed class Region(ulong start)
    {
        public ulong Base { get; } = start;

        public ulong Reads { get; set; }

        public ulong Writes { get; set; }

        /// <summary>True as long as every value that was loaded had been seen stored, or was zero.</summary>
        public bool SeenAll { get; set; } = true;

        public byte[] Mirror { get; } = new byte[Size];
    }
}
