using Emu.Plugins;

namespace StandardPlugins;

/// <summary>What a <see cref="Step"/> tells.</summary>
internal enum StepKind
{
    /// <summary>A block is entered.</summary>
    Enter,
    /// <summary>An instruction begins, all before it in its block are complete.</summary>
    Begin,
    /// <summary>The block's last instruction is complete.</summary>
    Done,
    /// <summary>An instruction has accessed memory.</summary>
    Access,
    /// <summary>An instruction is complete, and the program leaves it.</summary>
    Edge,
}

/// <summary>What a vCPU does, as translated code writes it down.</summary>
[TraceRecord]
internal partial struct Step
{
    private const int KindBits = 3;
    private const int IndexBits = 17;

    [Traced(TraceValue.Stamp)] public ulong Stamp;
    [Traced(TraceValue.UserData)] private ulong _place;
    [Traced(TraceValue.Address)] public ulong Address;
    [Traced(TraceValue.Value)] public ulong Value;
    [Traced(TraceValue.Size)] public uint Size;
    [Traced(TraceValue.Kind)] private uint _kind;

    public readonly StepKind Kind => (StepKind)(_place & ((1 << KindBits) - 1));

    /// <summary>The number of the instruction in its block.</summary>
    public readonly int Index => (int)(_place >> KindBits) & ((1 << IndexBits) - 1);

    /// <summary>The number of the block.</summary>
    public readonly int Block => (int)(_place >> (KindBits + IndexBits));

    public readonly bool IsStore => _kind == (uint)AccessKind.Write;

    public readonly bool IsTaken => _kind == (uint)EdgeKind.Taken;

    /// <summary>The user data of such a record.</summary>
    public static nint PlaceOf(StepKind kind, int block, int index) => (nint)(((ulong)block << (KindBits + IndexBits)) | ((ulong)index << KindBits) | (ulong)kind);
}
