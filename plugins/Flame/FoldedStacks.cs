using System.Text;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Writes a line for each stack that executed something: <c>main;sort;partition 14709</c>.</summary>
internal static class FoldedStacks
{
    public static void Write(CallNode root, PluginOutput output) => Write(root, root.Function, output);

    private static void Write(CallNode node, string stack, PluginOutput output)
    {
        if (node.Instructions > 0)
            output.Write(Encoding.UTF8.GetBytes($"{stack} {node.Instructions}\n"));
        foreach (var callee in node.Callees.AsValueEnumerable().OrderBy(static callee => callee.Function, StringComparer.Ordinal))
            Write(callee, $"{stack};{callee.Function}", output);
    }
}
