namespace Emu.Ir.Reference.RandomBlocks;

/// <summary>Groups of ops that random blocks may hold beside integer ops and jumps.</summary>
[Flags]
public enum RandomOps
{
    /// <summary>Integer ops, comparisons and terminals only.</summary>
    Integer = 0,
    /// <summary>Loads and stores.</summary>
    Memory = 1,
    /// <summary>Atomic operations and fences.</summary>
    Atomics = 2,
    /// <summary>Floating-point ops.</summary>
    Float = 4,
    /// <summary>Plugin callbacks and scoreboard ops; needs <see cref="RandomBlockOptions.ScoreboardEntry"/>.</summary>
    Hooks = 8,
    /// <summary>Calls of <see cref="RandomBlockOptions.Helpers"/>.</summary>
    Helpers = 16,
    /// <summary>Every group.</summary>
    All = 31,
}

/// <summary>What random blocks look like.</summary>
public sealed record RandomBlockOptions
{
    /// <summary>The groups of ops to choose from.</summary>
    public RandomOps Ops { get; init; } = RandomOps.Memory | RandomOps.Atomics;

    /// <summary>State offsets of the registers that integer ops read and write.</summary>
    public int[] Registers { get; init; } = [.. Enumerable.Range(0, 12).Select(number => IrGlobals.FirstRegister + 8 * number)];

    /// <summary>State offsets of the registers that floating-point ops read and write.</summary>
    public int[] FloatRegisters { get; init; } = [.. Enumerable.Range(0, 6).Select(number => 512 + 8 * number)];

    /// <summary>Guest instructions at most.</summary>
    public int MaxInstructions { get; init; } = 16;

    /// <summary>Guest address of the block.</summary>
    public ulong Pc { get; init; } = 0x10000;

    /// <summary>First address of the memory that most accesses hit; a multiple of 4096.</summary>
    public ulong MemoryStart { get; init; } = 0x20000;

    /// <summary>Its size: a power of two, at least 4096.</summary>
    public int MemorySize { get; init; } = 0x2000;

    /// <summary>Numbers of the helpers that may be called.</summary>
    public int[] Helpers { get; init; } = [];

    /// <summary>Host address of the 64-bit scoreboard entry that hooks use; one more word behind each is used as well.</summary>
    public nint ScoreboardEntry { get; init; }

    /// <summary>The trace that hooks append to.</summary>
    public IrTrace Trace { get; init; } = new() { Slot = 0x7000, RecordSize = 12, Fields = [new(IrTraceValue.Address, 0, 8), new(IrTraceValue.Kind, 8, 1)] };

    /// <summary>Callback numbers that hooks may use are below this.</summary>
    public int Callbacks { get; init; } = 2;
}
