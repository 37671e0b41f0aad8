using System.Collections.Concurrent;
using Emu.Engine.Instrumentation.CommandLine;
using Emu.Plugins;
using ZLinq;

namespace Emu.Engine.Instrumentation.Scoping;

/// <summary>
/// The places that <c>module=</c> and <c>symbol=</c> name. What they are in a file is found out when code of it is first translated, so a library that is loaded late is found, and
/// one that lies where another lay is another. Thread-safe.
/// </summary>
internal sealed class NamedPlaces(Patterns modules, Patterns symbols)
{
    private readonly ConcurrentDictionary<Module, AddressRange[]> _rangesOf = [];

    /// <summary>True if the address lies in one of them.</summary>
    public bool Contain(ulong address, ISymbolSource? source) =>
        source?.ModuleAt(address) is { } module && Contain(_rangesOf.GetOrAdd(module, static (module, at) => at.Places.Find(module, at.Source), (Places: this, Source: source)), address);

    /// <summary>A line for each pattern that nothing was found for.</summary>
    public IEnumerable<string> Missing(ISymbolSource? source)
    {
        var paths = _rangesOf.Keys.AsValueEnumerable().Select(static module => Path.GetFileName(module.Path)).Distinct().ToArray();
        var missing = modules.Unmatched.AsValueEnumerable().ToArray();
        foreach (var pattern in missing)
            yield return $"{ScopeOptions.Module}={pattern} names no file whose code ran{NearestName.Hint(pattern, paths)}; there were: {string.Join(", ", paths)}";
        if (missing.Length == 0 && symbols.Unmatched.AsValueEnumerable().Any())
        {
            var names = _rangesOf.Keys.AsValueEnumerable().SelectMany(module => source?.SymbolsOf(module) ?? []).Select(static symbol => symbol.Name).ToArray();
            foreach (var pattern in symbols.Unmatched)
                yield return $"{ScopeOptions.Symbol}={pattern} names no function of the files whose code ran{NearestName.Hint(pattern, names)}";
        }
    }

    /// <summary>What they are in a file: ranges in the order of their addresses, none of which meets another.</summary>
    private AddressRange[] Find(Module module, ISymbolSource source)
    {
        if (!modules.IsEmpty && !modules.MatchPath(module.Path))
            return [];
        if (symbols.IsEmpty)
            return [new AddressRange(module.Start, module.End)];
        var found = new List<AddressRange>();
        foreach (var symbol in source.SymbolsOf(module).AsValueEnumerable().Where(IsWanted).OrderBy(static symbol => symbol.Address))
        {
            var end = symbol.Address + symbol.Size;
            if (found.Count > 0 && symbol.Address <= found[^1].End)
                found[^1] = new AddressRange(found[^1].Start, Math.Max(found[^1].End, end));
            else
                found.Add(new AddressRange(symbol.Address, end));
        }

        return [.. found];
    }

    private bool IsWanted(Symbol symbol) => symbol.Kind == SymbolKind.Function && symbols.Match(symbol.Name);

    private static bool Contain(AddressRange[] ranges, ulong address)
    {
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].End <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low < ranges.Length && ranges[low].Contains(address);
    }
}
