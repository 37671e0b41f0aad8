using System.Collections.Concurrent;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>The names of functions, as they were when they were called first.</summary>
internal sealed class FunctionNames(Host host)
{
    private readonly ConcurrentDictionary<ulong, string> _names = [];

    /// <summary>The name of the function that begins at an address; where none is known, of the place in its file. Or of a signal.</summary>
    public string this[ulong key] => _names.GetOrAdd(key, NameOf);

    /// <summary>What stands for a signal where addresses stand for functions: no program has code at the end of the address space.</summary>
    public static ulong KeyOfSignal(int number) => ulong.MaxValue - (ulong)number;

    private string NameOf(ulong key) =>
        key > KeyOfSignal(byte.MaxValue) ? $"[signal {ulong.MaxValue - key}]" : (host.SymbolAt(key)?.Name ?? PlaceOf(key)).Replace(';', ':');

    private string PlaceOf(ulong address)
    {
        foreach (var module in host.Modules)
            if (module.Contains(address))
                return $"[{Path.GetFileName(module.Path)}+0x{address - module.Base:x}]";
        return $"[0x{address:x}]";
    }
}
