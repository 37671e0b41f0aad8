using Emu.Plugins;

namespace StandardPlugins;

/// <summary>What a function is called, and where it comes from.</summary>
/// <param name="Name">The symbol's name, or the address where there is none.</param>
/// <param name="Module">The file on the host; empty if there is none.</param>
/// <param name="File">The source file; empty if it is not known.</param>
internal readonly record struct FunctionPlace(string Name, string Module, string File)
{
    public static FunctionPlace Of(Host host, ulong function)
    {
        var module = "";
        foreach (var candidate in host.Modules)
            if (candidate.Contains(function))
                module = candidate.Path;
        return new(host.SymbolAt(function)?.Name ?? $"0x{function:x}", module, host.SourceAt(function) is [.., var source] ? source.File : "");
    }
}
