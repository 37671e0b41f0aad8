namespace StandardPlugins;

/// <summary>Which caches there are.</summary>
/// <param name="Instructions">The first level of instructions.</param>
/// <param name="Data">The first level of data.</param>
/// <param name="Second">The second level, or null.</param>
/// <param name="Third">The third level, or null.</param>
/// <param name="Tlb">The buffers of translations, or null.</param>
/// <param name="SecondTlb">The buffer behind them, or null.</param>
internal sealed record HierarchyShape(CacheGeometry Instructions, CacheGeometry Data, CacheGeometry? Second, CacheGeometry? Third, CacheGeometry? Tlb, CacheGeometry? SecondTlb)
{
    /// <summary>Whether all lines are of one size.</summary>
    public bool HasOneLineSize => Instructions.LineSize == Data.LineSize && (Second ?? Data).LineSize == Data.LineSize && (Third ?? Data).LineSize == Data.LineSize;
}
