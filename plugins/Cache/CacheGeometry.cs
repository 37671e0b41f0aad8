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
    private const uint MostTranslations = 1 << 20;

    public int LineShift => BitOperations.Log2(LineSize);

    public int Sets => (int)(Size / (LineSize * Ways));

    /// <summary>The geometry, if there is a cache of that kind.</summary>
    /// <exception cref="PluginInstallException">There is none; the message names the options that begin with <paramref name="name"/> and says what is allowed.</exception>
    public static CacheGeometry Check(string name, ByteSize size, ByteSize lineSize, uint ways, Eviction eviction)
    {
        if (!BitOperations.IsPow2(lineSize.Bytes))
            throw new PluginInstallException($"option '{name}blksize' does not take '{lineSize}'; allowed: a power of two");
        if (ways == 0)
            throw new PluginInstallException($"option '{name}assoc' does not take '0'; allowed: at least 1");
        if (eviction == Eviction.Plru && (!BitOperations.IsPow2(ways) || ways > PlruTree.MaxWays))
            throw new PluginInstallException($"option '{name}assoc' does not take '{ways}' with evict=plru; allowed: a power of two, at most {PlruTree.MaxWays}");
        var bytesOfWay = lineSize.Bytes * ways;
        if (size.Bytes > LargestSize || size.Bytes % bytesOfWay != 0 || !BitOperations.IsPow2(size.Bytes / bytesOfWay))
            throw new PluginInstallException(
                $"option '{name}cachesize' does not take '{size}' with lines of {lineSize} and {ways} ways; allowed: {bytesOfWay} times a power of two, at most 4G");
        return new(size.Bytes, lineSize.Bytes, ways);
    }

    /// <summary>A buffer of translations, whose lines are pages.</summary>
    /// <exception cref="PluginInstallException">There is none; the message names the options that begin with <paramref name="name"/> and says what is allowed.</exception>
    public static CacheGeometry OfTlb(string name, uint entries, uint ways, ByteSize pageSize)
    {
        if (!BitOperations.IsPow2(pageSize.Bytes) || pageSize.Bytes is < 1024 or > 1UL << 30)
            throw new PluginInstallException($"option 'pagesize' does not take '{pageSize}'; allowed: a power of two, 1K to 1G");
        if (ways == 0)
            throw new PluginInstallException($"option '{name}assoc' does not take '0'; allowed: at least 1");
        if (entries > MostTranslations || entries % ways != 0 || !BitOperations.IsPow2(entries / ways))
            throw new PluginInstallException($"option '{name}entries' does not take '{entries}' with {ways} ways; allowed: {ways} times a power of two, at most {MostTranslations}");
        return new(entries * pageSize.Bytes, pageSize.Bytes, ways);
    }
}
