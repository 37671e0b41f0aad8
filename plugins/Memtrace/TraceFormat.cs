namespace StandardPlugins;

/// <summary>The formats of <see cref="Memtrace"/>; the names are the words of its option.</summary>
public enum TraceFormat
{
    /// <summary>Compressed frames, each of which can be read by itself.</summary>
    Binary,
    /// <summary>Lines with commas, and their names in the first.</summary>
    Csv,
    /// <summary>What Dinero IV and other cache simulators read: 0 or 1, for a load or a store, and the address.</summary>
    Din,
    /// <summary>Lines of an instruction and the addresses that it loads from and stores to, with the fields that ChampSim's tracers have.</summary>
    Champsim,
}
