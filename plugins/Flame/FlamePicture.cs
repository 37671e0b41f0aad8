using System.Globalization;
using System.Security;
using System.Text;
using ZLinq;

namespace StandardPlugins;

/// <summary>A flame graph as SVG: each function as wide as the instructions of it and of all that it called, on its caller. What it stands for is told when the pointer is on it.</summary>
internal sealed class FlamePicture
{
    private const double Width = 1200;
    private const double RowHeight = 17;
    private const double LetterWidth = 7.2;

    /// <summary>What is narrower nobody sees.</summary>
    private const double Narrowest = 0.3;

    private readonly StringBuilder _shapes = new();
    private readonly Dictionary<CallNode, ulong> _totals = [];
    private readonly ulong _all;
    private int _deepest;

    public FlamePicture(CallNode root)
    {
        _all = Math.Max(1, Total(root));
        Draw(root, 0, 0);
    }

    public override string ToString()
    {
        var height = Format((_deepest + 1) * RowHeight + 30);
        return $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Format(Width)}} {{height}}" width="{{Format(Width)}}" height="{{height}}" font-family="ui-monospace, monospace" font-size="12">
            <style>
            svg { background: #fff } text { fill: #111; pointer-events: none } .title { fill: #111 } rect { stroke: #fff; stroke-width: .5 } g:hover rect { stroke: #000; stroke-width: 1 }
            @media (prefers-color-scheme: dark) { svg { background: #1c1c1c } .title { fill: #eee } rect { stroke: #1c1c1c } g:hover rect { stroke: #fff } }
            </style>
            <text class="title" x="4" y="18">{{_all}} instructions by call stack</text>
            {{_shapes}}</svg>

            """;
    }

    private ulong Total(CallNode node)
    {
        var total = node.Instructions;
        foreach (var callee in node.Callees)
            total += Total(callee);
        _totals.Add(node, total);
        return total;
    }

    private void Draw(CallNode node, double left, int depth)
    {
        var total = _totals[node];
        var width = total * Width / _all;
        if (width < Narrowest)
            return;
        _deepest = Math.Max(_deepest, depth);
        var top = depth * RowHeight + 26;
        var name = SecurityElement.Escape(node.Function);
        var share = string.Create(CultureInfo.InvariantCulture, $"{100.0 * total / _all:F2} %");
        _shapes.Append($"<g><title>{name}: {total} instructions, {share}; {node.Instructions} of its own</title>");
        _shapes.Append($"<rect x=\"{Format(left)}\" y=\"{Format(top)}\" width=\"{Format(width)}\" height=\"{Format(RowHeight - 1)}\" fill=\"{Colour(node.Function)}\"/>");
        var letters = (int)((width - 6) / LetterWidth);
        if (letters >= 3)
            _shapes.Append($"<text x=\"{Format(left + 3)}\" y=\"{Format(top + 12)}\">{SecurityElement.Escape(node.Function.Length <= letters ? node.Function : node.Function[..(letters - 2)] + "..")}</text>");
        _shapes.Append("</g>\n");
        foreach (var callee in node.Callees.AsValueEnumerable().OrderBy(static callee => callee.Function, StringComparer.Ordinal))
        {
            Draw(callee, left, depth + 1);
            left += _totals[callee] * Width / _all;
        }
    }

    /// <summary>Warm colours, the same function always in the same one.</summary>
    private static string Colour(string function)
    {
        var hash = 2166136261u;
        foreach (var letter in function)
            hash = (hash ^ letter) * 16777619;
        return $"hsl({20 + hash % 35} {75 + (hash >> 8) % 20}% {60 + (hash >> 16) % 15}%)";
    }

    private static string Format(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
