using System.Globalization;

namespace Emu.Plugins;

/// <summary>A number of bytes, as an option: <c>4096</c>, <c>0x1000</c>, <c>4K</c>, <c>16M</c>, <c>1G</c>, with powers of 1024.</summary>
/// <param name="Bytes">The number.</param>
public readonly record struct ByteSize(ulong Bytes)
{
    /// <summary>The shortest spelling.</summary>
    public override string ToString()
    {
        var (bytes, unit) = (Bytes, 0);
        while (unit < 3 && bytes != 0 && bytes % 1024 == 0)
            (bytes, unit) = (bytes / 1024, unit + 1);
        return bytes.ToString(CultureInfo.InvariantCulture) + (unit == 0 ? "" : "KMG"[(unit - 1)..unit]);
    }
}
