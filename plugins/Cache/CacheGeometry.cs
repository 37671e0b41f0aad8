using System.Numerics;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Size of a cache, of its lines and its sets.</summary>
/// <param name="Size">Bytes in all.</param>
/// <param name="LineSize">Bytes of a line, a power of two.</param>
/// <param name="Ways">Lines of a set.</param>
internal readonly record struct CacheGeometry(ulong Size, ulong LineSize, ulong Ways)
{
    private const ulong LargestSize = 1UL << 32;

    public int LineShift => BitOperations.Log2(LineSize);

    public int Sets => (int)(Size / (LineSize * Ways));

    /// <summary>The geometry, if there is a cache of that kind.</summary>
    /// <exception cref="PluginInstallException">There is none; the message names the options that begin with <paramref name="name"/> and says what is allowed.</exception>
    public static CacheGeometry Check(string name, ByteSize size, ByteSize lineSize, uint ways)
    {
        if (!BitOperations.IsPow2(lineSize.Bytes))
            throw new PluginInstallException($"option '{name}blksize' does not take '{lineSize}'; allowed: a power of two");
        if (ways == 0)
            throw new PluginInstallException($"option '{name}assoc' does not take '0'; allowed: at least 1");
        var bytesOfWay = lineSize.Bytes * ways;
        if (size.Bytes > LargestSize || size.Bytes % bytesOfWay != 0 || !BitOperations.IsPow2(size.Bytes / bytesOfWay))
            throw new PluginInstallException(
                $"option '{name}cachesize' does not take '{size}' with lines of {lineSize} and {ways} ways; allowed: {bytesOfWay} times a power of two, at most 4G");
        return new(size.Bytes, lineSize.Bytes, ways);
    }
}
