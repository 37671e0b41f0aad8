using Emu.Plugins;

namespace Emu.Engine.Instrumentation;

/// <summary>Names of guest addresses, from the symbol tables of the guest's files. Files are read when they are first asked about. Thread-safe.</summary>
public interface ISymbolSource
{
    /// <summary>The files that the guest has mapped, in the order in which they were found: a snapshot.</summary>
    IReadOnlyList<Module> Modules { get; }

    /// <summary>The file that the guest address lies in, or null.</summary>
    Module? ModuleAt(ulong address);

    /// <summary>All functions and objects of one of <see cref="Modules"/>, several names of one place included.</summary>
    IEnumerable<Symbol> SymbolsOf(Module module);

    /// <summary>The function or object that the guest address lies in, or null.</summary>
    Symbol? SymbolAt(ulong address);

    /// <summary>Where the instruction at a guest address comes from, the innermost inlined function first; empty if that is not known.</summary>
    IReadOnlyList<SourceFrame> SourceAt(ulong address);

    /// <summary>The pieces of one of <see cref="Modules"/> that have a source line, in no order.</summary>
    IEnumerable<SourceRange> SourceRangesOf(Module module);

    /// <summary>The functions of one of <see cref="Modules"/> that debug information knows code of, in no order.</summary>
    IEnumerable<SourceFunction> SourceFunctionsOf(Module module);

    /// <summary>The symbol of that name in the first module that has one, or null.</summary>
    Symbol? FindSymbol(string name);
}
