using Emu.Engine.Instrumentation;
using Emu.Plugins;
using ZLinq;

namespace Emu.Replay.Reading;

/// <summary>The modules and symbols of a recording: those of the code that was translated. Source lines it has none.</summary>
internal sealed class RecordedSymbols : ISymbolSource
{
    private readonly Symbol[] _symbols;
    private readonly Module[] _modules;

    public RecordedSymbols(string program, Module[] modules, List<(Module? Module, string Name, ulong Address, ulong Size, SymbolKind Kind)> symbols)
    {
        // Symbols of no module, as they are written by hand, are those of the program.
        var own = symbols.FindAll(static symbol => symbol.Module is null);
        var rest = own.Count == 0 ? null : new Module(program, 0, own.AsValueEnumerable().Select(static symbol => symbol.Address).Min(), own.AsValueEnumerable().Select(static symbol => symbol.Address + symbol.Size).Max(), "");
        _modules = rest is null ? modules : [rest, .. modules];
        _symbols = symbols.AsValueEnumerable().Select(symbol => new Symbol(symbol.Name, symbol.Address, symbol.Size, symbol.Kind, symbol.Module ?? rest!)).OrderBy(static symbol => symbol.Address).ToArray();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Module> Modules => _modules;

    /// <inheritdoc/>
    public Module? ModuleAt(ulong address) => Array.FindLast(_modules, module => module.Contains(address));

    /// <inheritdoc/>
    public IEnumerable<Symbol> SymbolsOf(Module module) => Array.FindAll(_symbols, symbol => symbol.Module == module);

    /// <inheritdoc/>
    public Symbol? SymbolAt(ulong address)
    {
        var (low, high) = (0, _symbols.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_symbols[middle].Address <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && _symbols[low - 1] is var symbol && address < symbol.Address + symbol.Size ? symbol : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<SourceFrame> SourceAt(ulong address) => [];

    /// <inheritdoc/>
    public IEnumerable<SourceRange> SourceRangesOf(Module module) => [];

    /// <inheritdoc/>
    public IEnumerable<SourceFunction> SourceFunctionsOf(Module module) => [];

    /// <inheritdoc/>
    public Symbol? FindSymbol(string name) => Array.FindIndex(_symbols, symbol => symbol.Name == name) is >= 0 and var place ? _symbols[place] : null;
}
