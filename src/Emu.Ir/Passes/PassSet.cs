namespace Emu.Ir.Passes;

/// <summary>The optimisation passes as a set; each can be switched off on its own (<c>-d nopass=NAME</c>).</summary>
[Flags]
public enum PassSet
{
    /// <summary>No pass: the backend gets the block as the guest's semantics wrote it.</summary>
    None = 0,
    /// <summary><c>copy</c>: reads of a copy become reads of its source.</summary>
    Copy = 1,
    /// <summary><c>fold</c>: operations on constants become constants, neutral operations become copies.</summary>
    Fold = 2,
    /// <summary><c>peephole</c>: redundant widenings, shift pairs and chained additions.</summary>
    Peephole = 4,
    /// <summary><c>address</c>: an addition in front of a load or store becomes its displacement.</summary>
    Address = 8,
    /// <summary><c>branch</c>: a comparison in front of a branch on its result becomes the branch's condition.</summary>
    Branch = 16,
    /// <summary><c>deadglobals</c>: writes to guest registers that nobody can see are removed.</summary>
    DeadGlobals = 32,
    /// <summary><c>deadtemps</c>: computations whose result nobody reads are removed.</summary>
    DeadTemps = 64,
    /// <summary><c>counters</c>: additions to one scoreboard entry become one.</summary>
    Counters = 128,
    /// <summary><c>schedule</c>: operations come right behind those whose result they take.</summary>
    Schedule = 256,
    /// <summary><c>advance</c>: what <see cref="Counters"/> does, also across points at which the block may be left.</summary>
    Advance = 512,
    /// <summary>Every pass.</summary>
    All = 1023,
}
