using System.Numerics;

namespace StandardPlugins;

/// <summary>
/// Tree pseudo-LRU: a bit for each inner node of a binary tree over the ways of a set, a power of two up to 64, tells which half was not used last. Node 1 is the root, the halves of node n are 2n and 2n + 1.
/// </summary>
internal static class PlruTree
{
    public const int MaxWays = 64;

    /// <summary>The tree after a way was used: all nodes above it point to their other half.</summary>
    public static ulong Touch(ulong tree, int ways, int way)
    {
        for (var node = ways + way; node > 1; node >>= 1)
            tree = (node & 1) == 0 ? tree | 1UL << (node >> 1) : tree & ~(1UL << (node >> 1));
        return tree;
    }

    /// <summary>The way that the nodes point to.</summary>
    public static int Victim(ulong tree, int ways)
    {
        var node = 1;
        for (var depth = BitOperations.Log2((uint)ways); depth > 0; depth--)
            node = 2 * node + (int)(tree >> node & 1);
        return node - ways;
    }
}
