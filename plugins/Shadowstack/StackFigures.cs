namespace StandardPlugins;

/// <summary>What was counted.</summary>
internal struct StackFigures
{
    /// <summary>Calls.</summary>
    public ulong Calls;

    /// <summary>Jumps from one function to another.</summary>
    public ulong TailCalls;

    /// <summary>The most frames at once.</summary>
    public int Deepest;

    /// <summary>Adds what another stack has counted.</summary>
    public void Add(in StackFigures other)
    {
        Calls += other.Calls;
        TailCalls += other.TailCalls;
        Deepest = Math.Max(Deepest, other.Deepest);
    }
}
