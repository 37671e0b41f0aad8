namespace Emu.Plugins.Hosting;

/// <summary>What a <see cref="HookRequest"/> asks for.</summary>
internal enum HookKind : byte
{
    /// <summary>An execution callback, perhaps with a condition.</summary>
    Exec,
    /// <summary>An inline addition at execution.</summary>
    Add,
    /// <summary>An inline store at execution.</summary>
    Store,
    /// <summary>A record of a trace at execution.</summary>
    Append,
    /// <summary>A memory callback, or that of an edge.</summary>
    Memory,
    /// <summary>An inline addition at a memory access or an edge.</summary>
    MemoryAdd,
    /// <summary>An inline store at a memory access or an edge.</summary>
    MemoryStore,
    /// <summary>A record of a trace at a memory access or an edge.</summary>
    MemoryAppend,
}
