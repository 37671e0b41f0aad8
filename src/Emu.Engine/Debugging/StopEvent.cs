namespace Emu.Engine.Debugging;

/// <summary>Why a vCPU stopped for the debugger.</summary>
public enum StopKind
{
    /// <summary>A breakpoint lies at the program counter; its instruction has not run.</summary>
    Breakpoint,
    /// <summary>The single step, or the steps within a range, are done.</summary>
    Step,
    /// <summary>The last instruction accessed watched memory.</summary>
    Watchpoint,
    /// <summary>A signal is about to be delivered.</summary>
    Signal,
}

/// <summary>A vCPU stopped for the debugger.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Signal">For <see cref="StopKind.Signal"/>: its number, the operating system's.</param>
/// <param name="Watched">For <see cref="StopKind.Watchpoint"/>: the one that was hit.</param>
public readonly record struct StopEvent(StopKind Kind, int Signal = 0, Watchpoint Watched = default);

/// <summary>What a watchpoint notices.</summary>
[Flags]
public enum WatchKinds
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>Loads.</summary>
    Read = 1,
    /// <summary>Stores.</summary>
    Write = 2,
}

/// <summary>Memory whose accesses stop the vCPU behind the instruction that made one.</summary>
/// <param name="Address">Guest address of the first byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Kinds">Which accesses.</param>
public readonly record struct Watchpoint(ulong Address, ulong Length, WatchKinds Kinds);

/// <summary>How a vCPU runs under the debugger.</summary>
public enum RunMode
{
    /// <summary>Not at all.</summary>
    Held,
    /// <summary>Until something stops it.</summary>
    Continue,
    /// <summary>For one instruction.</summary>
    Step,
    /// <summary>Instruction by instruction while the program counter stays in a range.</summary>
    StepInRange,
}

/// <summary>What the debugger wants of a vCPU.</summary>
/// <param name="Mode">How it runs.</param>
/// <param name="Signal">The signal that it gets first, the operating system's number; 0 for none.</param>
/// <param name="RangeStart">For <see cref="RunMode.StepInRange"/>: the first address.</param>
/// <param name="RangeEnd">For <see cref="RunMode.StepInRange"/>: the address after the last.</param>
public readonly record struct RunAction(RunMode Mode, int Signal = 0, ulong RangeStart = 0, ulong RangeEnd = 0);
