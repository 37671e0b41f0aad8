namespace Emu.Engine.Checking;

/// <summary>The first thing in which two backends differ after they have run the same block from the same state.</summary>
/// <param name="Pc">Guest address of the block.</param>
/// <param name="IsTrace">The block is a trace.</param>
/// <param name="What">What differs: a register's name, a byte of memory, where or why the block was left.</param>
/// <param name="Expected">Its value by the backend that is compared with.</param>
/// <param name="Found">Its value by the backend that is checked.</param>
public sealed record BackendDifference(ulong Pc, bool IsTrace, string What, string Expected, string Found)
{
    /// <summary>Name of the backend that is compared with.</summary>
    public required string Oracle { get; init; }

    /// <summary>Name of the backend that is checked.</summary>
    public required string Subject { get; init; }

    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"the backends differ in the {(IsTrace ? "trace" : "block")} at 0x{Pc:x}: {What} is {Expected} by {Oracle} and {Found} by {Subject}";
}
