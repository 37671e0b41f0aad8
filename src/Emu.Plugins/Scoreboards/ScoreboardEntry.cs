namespace Emu.Plugins;

/// <summary>
/// One 64-bit counter of a <see cref="Scoreboard{T}"/>, on every vCPU: what inline operations add to and conditions look at. May be kept as long as the scoreboard.
/// </summary>
public readonly struct ScoreboardEntry
{
    private readonly Scoreboard? _board;

    internal ScoreboardEntry(Scoreboard board, int offset)
    {
        _board = board;
        Offset = offset;
    }

    /// <summary>Byte offset of the counter in a vCPU's entry.</summary>
    internal int Offset { get; }

    /// <summary>The scoreboard.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    internal Scoreboard Board => _board ?? throw new InvalidOperationException("this scoreboard entry was not made by Scoreboard.Entry");

    /// <summary>The counter of one vCPU.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No vCPU has had this index.</exception>
    public ulong Get(int vcpu) => Board.Word(vcpu, Offset);

    /// <summary>Stores the counter of one vCPU. Only the vCPU's own callbacks should, or what it counts meanwhile may be lost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No vCPU has had this index.</exception>
    public void Set(int vcpu, ulong value) => Board.Word(vcpu, Offset) = value;

    /// <summary>Adds to the counter of one vCPU, modulo 2^64. Only the vCPU's own callbacks should, or what it counts meanwhile may be lost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No vCPU has had this index.</exception>
    public void Add(int vcpu, ulong amount) => Board.Word(vcpu, Offset) += amount;

    /// <summary>The sum over all vCPUs that ever started, those that have ended included, modulo 2^64.</summary>
    public ulong Sum() => Board.Sum(Offset);
}
