namespace Emu.Plugins;

/// <summary>Which memory accesses a callback or inline operation is for.</summary>
[Flags]
public enum AccessKind
{
    /// <summary>None: nothing is installed.</summary>
    None = 0,
    /// <summary>Loads, and the load of an atomic read-modify-write.</summary>
    Read = 1,
    /// <summary>Stores, and the store of an atomic read-modify-write.</summary>
    Write = 2,
    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}
