namespace Emu.Engine.Execution;

/// <summary>
/// Stops every vCPU outside translated code while an action runs. A vCPU that is blocked in a system call counts as outside. Sections run one
/// at a time and may nest on one thread; a thread that is inside translated code must not ask for one, it queues work instead.
/// </summary>
public sealed class ExclusiveSection
{
    private readonly object _owner = new();
    private readonly object _signal = new();
    private readonly Func<IReadOnlyList<VCpuContext>> _vcpus;
    private volatile int _pending;

    /// <summary>Makes the section for the vCPUs that the function lists; it is asked anew each time.</summary>
    public ExclusiveSection(Func<IReadOnlyList<VCpuContext>> vcpus) => _vcpus = vcpus;

    /// <summary>True while somebody wants or has the section: translated code should return soon.</summary>
    public bool IsPending => _pending != 0;

    /// <summary>The vCPU enters translated code; waits while a section is pending.</summary>
    public void Enter(VCpuContext vcpu)
    {
        // Store, full fence, test: the mirror image of Run's store to _pending, fence, test of InTranslatedCode.
        while (true)
        {
            Interlocked.Exchange(ref vcpu.InTranslatedCode, 1);
            if (_pending == 0)
                return;
            Leave(vcpu);
            lock (_signal)
                while (_pending != 0)
                    Monitor.Wait(_signal);
        }
    }

    /// <summary>The vCPU has left translated code.</summary>
    public void Leave(VCpuContext vcpu)
    {
        Interlocked.Exchange(ref vcpu.InTranslatedCode, 0);
        if (_pending == 0)
            return;
        lock (_signal)
            Monitor.PulseAll(_signal);
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
        Monitor.Enter(_owner);
        Interlocked.Increment(ref _pending);
        WaitUntilOutside();
        return new Scope(this);
    }

    private void End()
    {
        lock (_signal)
        {
            Interlocked.Decrement(ref _pending);
            Monitor.PulseAll(_signal);
        }

        Monitor.Exit(_owner);
    }

    private void WaitUntilOutside()
    {
        foreach (var vcpu in _vcpus())
        {
            vcpu.Kick();
            lock (_signal)
                while (Volatile.Read(ref vcpu.InTranslatedCode) != 0)
                    Monitor.Wait(_signal);
        }
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
