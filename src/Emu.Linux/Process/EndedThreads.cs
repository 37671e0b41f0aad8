using Emu.Linux.Host;

namespace Emu.Linux.Process;

/// <summary>
/// Host threads that are about to end. They must be joined: while one ends it holds locks of the runtime, which a copy of the process would keep for ever. Thread-safe.
/// </summary>
internal sealed class EndedThreads
{
    private readonly Lock _gate = new();
    private readonly List<nint> _threads = [];

    /// <summary>A thread ends; it calls this itself, as one of its last acts.</summary>
    public void Add(nint thread)
    {
        lock (_gate)
            _threads.Add(thread);
    }

    /// <summary>Gives back what those have left that are gone; waits for nobody.</summary>
    public void Collect()
    {
        lock (_gate)
            _threads.RemoveAll(static thread => HostThreads.TryJoin(thread) == 0);
    }

    /// <summary>Waits until all are gone.</summary>
    public void JoinAll()
    {
        while (Take() is not 0 and var thread)
            HostThreads.Join(thread);
    }

    /// <summary>In a forked child: they are the parent's.</summary>
    public void Forget()
    {
        lock (_gate)
            _threads.Clear();
    }

    private nint Take()
    {
        lock (_gate)
        {
            if (_threads.Count == 0)
                return 0;
            var last = _threads[^1];
            _threads.RemoveAt(_threads.Count - 1);
            return last;
        }
    }
}
