using ZLinq;

namespace Emu.Linux.Loading;

/// <summary>An ELF program or interpreter whose headers have been found sound; addresses are as the file has them.</summary>
internal sealed class ElfImage
{
    /// <summary>Where the file can be named in messages.</summary>
    public required string Path { get; init; }

    /// <summary>True if it can be loaded anywhere (ET_DYN).</summary>
    public required bool IsPositionIndependent { get; init; }

    public required ulong Entry { get; init; }

    /// <summary>The PT_LOAD segments by address; at least one, none empty, none overlapping.</summary>
    public required IReadOnlyList<ElfProgramHeader> Segments { get; init; }

    /// <summary>Address of the program headers in memory, or 0 if no segment holds them.</summary>
    public required ulong HeadersAddress { get; init; }

    public required int HeaderCount { get; init; }

    /// <summary>The interpreter's path (PT_INTERP), or null.</summary>
    public required string? Interpreter { get; init; }

    /// <summary>True if the file asks for an executable stack (PT_GNU_STACK with PF_X).</summary>
    public required bool WantsExecutableStack { get; init; }

    /// <summary>Address of the first page.</summary>
    public ulong Start => Segments[0].Address & ~0xfffUL;

    /// <summary>Address after the last byte.</summary>
    public ulong End => Segments[^1].Address + Segments[^1].MemorySize;

    /// <summary>What the load address must be a multiple of.</summary>
    public ulong Alignment => Segments.AsValueEnumerable().Max(segment => Math.Max(segment.Alignment, 0x1000));
}
