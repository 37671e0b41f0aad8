namespace Emu.Engine.Instrumentation;

/// <summary>Names of guest functions, from the symbol tables of the guest's files. Thread-safe.</summary>
public interface ISymbolSource
{
    /// <summary>The name of the function that the guest address lies in, or null.</summary>
    string? NameOf(ulong address);
}
