using System.Collections.Immutable;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Plugins;

namespace Emu.Linux.Symbols;

/// <summary>The symbols of all files that the guest has mapped. A file counts from when an address in it, or the list, is first asked for. Thread-safe.</summary>
/// <param name="memory">Whose mappings tell what lies where.</param>
/// <param name="sysroot">Where separate debug files are looked for before the host's own, or null.</param>
public sealed class ProcessSymbols(GuestMemory memory, string? sysroot) : ISymbolSource
{
    private readonly Lock _gate = new();
    private ImmutableArray<MappedModule> _modules = [];
    private ImmutableHashSet<(MappedFile File, ulong Start)> _seen = [];

    /// <inheritdoc/>
    public IReadOnlyList<Module> Modules
    {
        get
        {
            foreach (var mapping in memory.Mappings)
                Notice(mapping);
            return ImmutableArray.CreateRange(_modules, static module => module.Module);
        }
    }

    /// <inheritdoc/>
    public Module? ModuleAt(ulong address) => MappedAt(address)?.Module;

    /// <inheritdoc/>
    public IEnumerable<Symbol> SymbolsOf(Module module) => Mapped(module)?.Symbols ?? [];

    /// <inheritdoc/>
    public IEnumerable<SourceRange> SourceRangesOf(Module module) => Mapped(module)?.SourceRanges ?? [];

    /// <inheritdoc/>
    public IEnumerable<SourceFunction> SourceFunctionsOf(Module module) => Mapped(module)?.SourceFunctions ?? [];

    /// <inheritdoc/>
    public Symbol? SymbolAt(ulong address) => MappedAt(address)?.SymbolAt(address);

    /// <inheritdoc/>
    public IReadOnlyList<SourceFrame> SourceAt(ulong address) => MappedAt(address)?.SourceAt(address) ?? [];

    /// <inheritdoc/>
    public Symbol? FindSymbol(string name)
    {
        foreach (var mapping in memory.Mappings)
            Notice(mapping);
        foreach (var module in _modules)
            if (module.FindSymbol(name) is { } symbol)
                return symbol;
        return null;
    }

    /// <summary>The function that an address lies in and how far, <c>main+0x1c</c>, or null.</summary>
    public string? PlaceOf(ulong address) => SymbolAt(address)?.PlaceOf(address);

    // What was mapped last at a place is what lies there; memory without a file is the zeroed end of a module's data, or lies in none.
    private MappedModule? MappedAt(ulong address)
    {
        if (memory.TryFindMapping(address, out var mapping))
            Notice(mapping);
        var modules = _modules;
        for (var index = modules.Length - 1; index >= 0; index--)
            if (modules[index].Module.Contains(address))
                return modules[index];
        return null;
    }

    private MappedModule? Mapped(Module module)
    {
        foreach (var mapped in _modules)
            if (mapped.Module == module)
                return mapped;
        return null;
    }

    private void Notice(in Mapping mapping)
    {
        if (mapping.File is not { } file || _seen.Contains((file, mapping.Start)))
            return;
        lock (_gate)
        {
            if (_seen.Contains((file, mapping.Start)))
                return;
            if (MappedModule.Of(memory, mapping, sysroot) is { } module && !IsKnown(module.Module))
                _modules = _modules.Add(module);
            _seen = _seen.Add((file, mapping.Start));
        }
    }

    private bool IsKnown(Module module)
    {
        foreach (var other in _modules)
            if (other.Module == module)
                return true;
        return false;
    }
}
