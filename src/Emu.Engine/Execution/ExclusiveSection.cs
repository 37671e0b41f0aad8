namespace Emu.Engine.Execution;

/// <summary>
/// Stops every vCPU outside translated code while an action runs. A vCPU that is blocked in a system call counts as outside. Sections run one
/// at a time and may nest on one thread; a thread that is inside translated code must not ask for one, it queues work instead.
/// </summary>
public sealed unsafe class ExclusiveSection
{
    private readonly Func<IReadOnlyList<VCpuContext>> _vcpus;
    private readonly int[] _memory = GC.AllocateArray<int>(sizeof(Words) / sizeof(int), pinned: true);
    private readonly Words* _words;
    private readonly WordLock _lock = new();
    private int _owner;
    private int _depth;

    /// <summary>Makes the section for the vCPUs that the function lists; it is asked anew each time.</summary>
    public ExclusiveSection(Func<IReadOnlyList<VCpuContext>> vcpus)
    {
        _vcpus = vcpus;
        fixed (int* words = _memory)
            _words = (Words*)words; // pinned for good
    }

    /// <summary>How its threads wait; set before the first vCPU runs.</summary>
    public IWordWaiting Waiting { get; set; } = new FutexWaiting();

    /// <summary>True while somebody wants or has the section: translated code should return soon.</summary>
    public bool IsPending => Volatile.Read(ref _words->Pending) != 0;

    /// <summary>The vCPU enters translated code; waits while a section is pending.</summary>
    public void Enter(VCpuContext vcpu)
    {
        // Store, full fence, test: the mirror image of Run's store to Pending, fence, test of InTranslatedCode.
        while (true)
        {
            Interlocked.Exchange(ref vcpu.InTranslatedCode, 1);
            if (!IsPending)
                return;
            Leave(vcpu);
            while (Volatile.Read(ref _words->Pending) is not 0 and var pending)
                Waiting.Wait(&_words->Pending, pending);
        }
    }

    /// <summary>The vCPU has left translated code.</summary>
    public void Leave(VCpuContext vcpu)
    {
        Interlocked.Exchange(ref vcpu.InTranslatedCode, 0);
        if (!IsPending)
            return;
        Interlocked.Increment(ref _words->Left);
        Waiting.WakeAll(&_words->Left);
    }

    /// <summary>Runs the action while no vCPU is in translated code.</summary>
    /// <exception cref="InvalidOperationException">The calling thread is a vCPU inside translated code.</exception>
    public void Run(Action action)
    {
        using (Begin())
            action();
    }

    /// <summary>Waits until no vCPU is in translated code and keeps it so until the scope is disposed, on the same thread.</summary>
    /// <exception cref="InvalidOperationException">The calling thread is a vCPU inside translated code.</exception>
    public Scope Begin()
    {
        if (VCpuContext.Current is { InTranslatedCode: not 0 } self)
            throw new InvalidOperationException($"vCPU {self.Index} asked for an exclusive section from inside translated code");
        Acquire();
        Interlocked.Increment(ref _words->Pending);
        WaitUntilOutside();
        return new Scope(this);
    }

    private void Acquire()
    {
        var self = Environment.CurrentManagedThreadId;
        if (Volatile.Read(ref _owner) != self)
        {
            _lock.Acquire(Waiting);
            Volatile.Write(ref _owner, self);
        }

        _depth++;
    }

    private void Release()
    {
        if (--_depth > 0)
            return;
        Volatile.Write(ref _owner, 0);
        _lock.Release(Waiting);
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _words->Pending) == 0)
            Waiting.WakeAll(&_words->Pending);
        Release();
    }

    private void WaitUntilOutside()
    {
        foreach (var vcpu in _vcpus())
            while (true)
            {
                var left = Volatile.Read(ref _words->Left);
                vcpu.Kick();
                if (Volatile.Read(ref vcpu.InTranslatedCode) == 0)
                    break;
                Waiting.Wait(&_words->Left, left);
            }
    }

    /// <summary>What threads wait for.</summary>
    private struct Words
    {
        /// <summary>Sections that are wanted or run.</summary>
        public int Pending;

        /// <summary>Counts how often a vCPU left translated code while one was wanted.</summary>
        public int Left;
    }

    /// <summary>A section that runs; the default value is none.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly ExclusiveSection? _section;

        internal Scope(ExclusiveSection section) => _section = section;

        /// <summary>Ends the section.</summary>
        public void Dispose() => _section?.End();
    }
}
