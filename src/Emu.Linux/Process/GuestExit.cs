namespace Emu.Linux.Process;

/// <summary>How a guest process ended.</summary>
/// <param name="Code">Its exit code, 0 to 255; meaningless if it was killed.</param>
/// <param name="Signal">The signal that killed it, or 0.</param>
public readonly record struct GuestExit(int Code, int Signal)
{
    /// <summary>True if a signal ended it.</summary>
    public bool IsKilled => Signal != 0;

    /// <summary>For a guest that was killed: where.</summary>
    public DeathSite? Site { get; init; }
}
