namespace Emu.Linux.Proc;

/// <summary>A file of <c>/proc</c> that is about the process itself or its machine and would tell of the emulator if the host answered.</summary>
internal enum ProcFile
{
    /// <summary>Any other file.</summary>
    None,
    /// <summary><c>cmdline</c></summary>
    CommandLine,
    /// <summary><c>maps</c></summary>
    Maps,
    /// <summary><c>smaps</c></summary>
    DetailedMaps,
    /// <summary><c>smaps_rollup</c></summary>
    DetailedSum,
    /// <summary><c>auxv</c></summary>
    AuxiliaryVector,
    /// <summary><c>environ</c></summary>
    Environment,
    /// <summary><c>stat</c></summary>
    Stat,
    /// <summary><c>statm</c></summary>
    Statm,
    /// <summary><c>status</c></summary>
    Status,
    /// <summary><c>limits</c></summary>
    Limits,
    /// <summary><c>/proc/cpuinfo</c>, which tells of the machine instead of the process.</summary>
    Processors,
    /// <summary>
    /// A file whose offsets or contents are host addresses: <c>mem</c>, <c>pagemap</c>, <c>numa_maps</c>, <c>syscall</c>, <c>stack</c>, <c>map_files</c>. It is there and cannot be
    /// opened, as if another user had started the process (proc(5), ptrace access mode).
    /// </summary>
    Closed,
}

/// <summary>What a descriptor of <c>/proc</c> is.</summary>
/// <param name="File">The file.</param>
/// <param name="Thread">The number of the thread or process that it is about; 0 for the machine.</param>
internal readonly record struct ProcIdentity(ProcFile File, int Thread);
