namespace Emu.Children;

/// <summary>A child of this process that is killed when it takes too long.</summary>
internal sealed class RunningProcess : IDisposable
{
    private const int Kill = 9;

    private readonly Launch _launch;
    private readonly Timer _limit;
    private readonly Lock _gate = new();
    private bool _hasEnded;
    private bool _tookTooLong;

    /// <summary>Takes over a child that nobody else waits for: its id, or the negative number of a group of which one is left.</summary>
    public RunningProcess(int id, Launch launch)
    {
        (Id, _launch) = (id, launch);
        _limit = new Timer(_ => StopLate(), null, launch.Longest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Its process id, or its group's number, negative (kill(2), wait4(2)).</summary>
    public int Id { get; }

    /// <summary>Sends a signal, if the process has not ended.</summary>
    public void Send(int signal)
    {
        // Until its status is taken the id belongs to no other process.
        lock (_gate)
            if (!_hasEnded)
                NativeSpawn.Send(Id, signal);
    }

    /// <summary>Waits for its end: its exit code, or -1 and the signal that killed it, and what it used.</summary>
    /// <exception cref="TimeoutException">It was killed after <see cref="Launch.Longest"/>.</exception>
    public (int ExitCode, int Signal, ResourceUsage Usage) WaitForEnd()
    {
        NativeSpawn.WaitUntilEnded(Id);
        (int, int, ResourceUsage) end;
        lock (_gate)
        {
            end = NativeSpawn.Reap(Id);
            _hasEnded = true;
        }

        return _tookTooLong ? throw new TimeoutException($"{_launch} was killed after {_launch.Longest}") : end;
    }

    public void Dispose()
    {
        _limit.Dispose();
        Send(Kill);
    }

    private void StopLate()
    {
        _tookTooLong = true;
        Send(Kill);
    }
}
