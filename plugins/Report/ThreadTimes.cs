using System.Diagnostics;

namespace StandardPlugins;

/// <summary>When each thread of the guest began and ended, and when it waited in a system call. Times are seconds since the first thread began.</summary>
internal sealed class ThreadTimes
{
    /// <summary>Waits beyond these are added to the last one shown, which then reaches to the end of the last.</summary>
    private const int MostWaits = 2000;

    private readonly List<ThreadTime> _threads = [];
    private readonly Lock _gate = new();
    private readonly long _start = Stopwatch.GetTimestamp();

    public int Count => _threads.Count;

    public IReadOnlyList<ThreadTime> All => _threads;

    /// <summary>Now.</summary>
    public double Now => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    public void Begin(long thread) => Change(thread, static (time, now) => time.Start = now, isNew: true);

    public void End(long thread) => Change(thread, static (time, now) => time.End = now);

    public void Idle(long thread) => Change(thread, static (time, now) => time.IdleSince = now);

    public void Resume(long thread) => Change(thread, static (time, now) => time.AddWait(now));

    private void Change(long thread, Action<ThreadTime, double> change, bool isNew = false)
    {
        lock (_gate)
        {
            if (isNew)
                _threads.Add(new ThreadTime(thread));
            if (_threads.FindLast(time => time.Thread == thread) is { } time)
                change(time, Now);
        }
    }

    /// <summary>The times of a thread.</summary>
    internal sealed class ThreadTime(long thread)
    {
        private readonly List<(double Start, double End)> _waits = [];

        public long Thread => thread;

        public double Start { get; set; }

        /// <summary>Null while it runs.</summary>
        public double? End { get; set; }

        public double IdleSince { get; set; }

        public IReadOnlyList<(double Start, double End)> Waits => _waits;

        public void AddWait(double now)
        {
            if (_waits.Count < MostWaits)
                _waits.Add((IdleSince, now));
            else
                _waits[^1] = (_waits[^1].Start, now);
        }
    }
}
