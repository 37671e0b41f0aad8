using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation;

namespace Emu.Engine.Translation;

/// <summary>Tells whoever reads a trace which way a vCPU usually goes, from the counts of its <see cref="HeatTable"/>. Owned by one translator thread.</summary>
public sealed unsafe class TraceGuide
{
    private readonly BlockCache _code;
    private readonly EventMask _mask;
    private readonly byte* _state;

    internal TraceGuide(BlockCache code, EventMask mask, VCpuState* state, int blockLength)
    {
        BlockLength = blockLength;
        _code = code;
        _mask = mask;
        _state = (byte*)state;
    }

    /// <summary>
    /// If it is not 0, a plugin is shown the trace: it is put together from the blocks that there would be without it, of at most so many instructions, each as it is and once.
    /// </summary>
    public int BlockLength { get; }

    /// <summary>Most instructions of a trace.</summary>
    public const int MaxInstructions = 96;

    /// <summary>Most instructions of a loop and its copies.</summary>
    public const int MaxUnrolled = 64;

    /// <summary>How often the vCPU has come to a guest address, from 0 to 1: that of a block which became a trace.</summary>
    public double HeatOf(ulong pc)
    {
        var block = _code.Find(pc, _mask);
        return block is null ? 0 : block->IsTrace ? 1 : *(uint*)(_state + HeatTable.OffsetOf(pc)) / (double)uint.MaxValue;
    }

    /// <summary>True if a trace should go on there: one in eight of those that came to its start came there, too.</summary>
    public bool IsWorth(ulong pc) => HeatOf(pc) >= 1.0 / 8;
}
