using System.Collections.Concurrent;
using Emu.Engine.Execution;

namespace Emu.Engine.Instrumentation.Lifecycle;

/// <summary>
/// Work that needs every vCPU outside translated code, asked for from anywhere, callbacks included. Asking never waits: a vCPU does the work when it leaves
/// translated code, any other thread hands it to the thread pool. So whatever locks of its own a plugin holds when it asks, it cannot deadlock (R78).
/// </summary>
internal sealed class ExclusiveQueue(Machine machine)
{
    private readonly ConcurrentQueue<Action> _work = new();
    private bool _draining;
    private int _collector;

    /// <summary>Queues work; it runs in the order of queueing, in an exclusive section.</summary>
    public void Add(Action work)
    {
        _work.Enqueue(work);
        if (Volatile.Read(ref _collector) == Environment.CurrentManagedThreadId)
            return;
        if (VCpuContext.Current is { } vcpu && vcpu.Machine == machine)
            vcpu.Post(_ => Drain());
        else
            ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Drain(), this, preferLocal: false);
    }

    /// <summary>
    /// Runs an action in an exclusive section, and before that ends what the action and everything before it has queued. From a thread that is no vCPU's; with no plugin lock held.
    /// </summary>
    public void RunAndDrain(Action action) => machine.Exclusive.Run(() =>
    {
        Volatile.Write(ref _collector, Environment.CurrentManagedThreadId);
        try
        {
            action();
        }
        finally
        {
            Volatile.Write(ref _collector, 0);
            Drain();
        }
    });

    /// <summary>Does what is queued. Called outside translated code, with no plugin lock held.</summary>
    public void Drain()
    {
        if (_work.IsEmpty)
            return;
        machine.Exclusive.Run(() =>
        {
            // Work that queues work, or flushes and so comes here again: the outermost call does it all.
            if (_draining)
                return;
            _draining = true;
            try
            {
                while (_work.TryDequeue(out var work))
                    work();
            }
            finally
            {
                _draining = false;
            }
        });
    }
}
