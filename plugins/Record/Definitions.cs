using System.Globalization;
using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>The lines that say what others name by numbers or addresses: modules, symbols, blocks. Each is told once, before it is needed.</summary>
internal sealed class Definitions(Host host)
{
    private readonly List<string> _lines = [];
    private readonly Dictionary<Module, int> _modules = [];
    private readonly HashSet<(ulong Address, string Name)> _symbols = [];
    private int _blocks;

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The number of a module; defines it if need be.</summary>
    /// <param name="module">The module.</param>
    /// <param name="lines">Gets the line.</param>
    public int NumberOf(Module module, Action<string> lines)
    {
        if (_modules.TryGetValue(module, out var number))
            return number;
        _modules.Add(module, number = _modules.Count + 1);
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"module {number} 0x{module.Base:x} 0x{module.Start:x} 0x{module.End:x} {RecordingText.Word(module.BuildId)} {RecordingText.Word(module.Path)}");
        foreach (var segment in module.Segments)
            line.Append(CultureInfo.InvariantCulture, $" 0x{segment.Start:x} 0x{segment.End:x} 0x{segment.FileOffset:x} {Record.Rights(segment.Rights)}");
        Add(line.ToString(), lines);
        return number;
    }

    /// <summary>Defines a block that is being translated, and the functions that it lies in.</summary>
    /// <returns>Its number.</returns>
    public int Define(TranslationBlock block, Action<string> lines)
    {
        var number = ++_blocks;
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"block {number}");
        var next = 0UL;
        foreach (var insn in block)
        {
            DefineSymbol(insn.Address, lines);
            if (insn.Index == 0)
                line.Append(CultureInfo.InvariantCulture, $" 0x{insn.Address:x}");
            else if (insn.Address != next)
                line.Append(CultureInfo.InvariantCulture, $" @0x{insn.Address:x}");
            AppendBytes(line, insn);
            next = insn.FallThrough;
        }

        Add(line.ToString(), lines);
        return number;
    }

    // As a number of that many bytes, which is how listings show instructions.
    private static void AppendBytes(StringBuilder line, Instruction insn)
    {
        Span<byte> bytes = stackalloc byte[insn.Size];
        insn.CopyBytes(bytes);
        line.Append(' ');
        for (var i = bytes.Length - 1; i >= 0; i--)
            line.Append(CultureInfo.InvariantCulture, $"{bytes[i]:x2}");
    }

    private void DefineSymbol(ulong address, Action<string> lines)
    {
        if (host.SymbolAt(address) is not { } symbol || !_symbols.Add((symbol.Address, symbol.Name)))
            return;
        var module = NumberOf(symbol.Module, lines);
        Add(string.Create(CultureInfo.InvariantCulture, $"symbol {module} 0x{symbol.Address:x} {symbol.Size} {(symbol.Kind == SymbolKind.Function ? "function" : "object")} {RecordingText.Word(symbol.Name)}"), lines);
    }

    private void Add(string line, Action<string> lines)
    {
        _lines.Add(line);
        lines(line);
    }
}
