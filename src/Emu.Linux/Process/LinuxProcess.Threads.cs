using System.Runtime.CompilerServices;
using Emu.Engine;
using Emu.Engine.Execution;
using Emu.Linux.Calls;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Host.Stubs;

namespace Emu.Linux.Process;

// The threads of the process, and its end.
public sealed unsafe partial class LinuxProcess
{
    private readonly Lock _gate = new();
    private LinuxThread?[] _threads = [];
    private readonly int[] _hasBegun = GC.AllocateArray<int>(1, pinned: true);
    private GuestExit? _exit;

    /// <summary>How the process ended, or null while it runs.</summary>
    public GuestExit? Exit
    {
        get
        {
            lock (_gate)
                return _exit;
        }
    }

    /// <summary>The thread that ends the host process when the guest has ended: the one that started it, or in a forked child the one that forked.</summary>
    internal LinuxThread Main { get; private set; } = null!;

    /// <summary>What threads wait for who start threads or copy the process: one at a time.</summary>
    internal WordLock Starting { get; } = new();

    /// <summary>1 once the thread that is being started has begun or has failed; for one at a time, as <see cref="Starting"/> is taken.</summary>
    internal int* HasBegun => (int*)Unsafe.AsPointer(ref _hasBegun[0]);

    /// <summary>Host threads of guest threads that have ended, or are about to.</summary>
    internal EndedThreads Ended { get; } = new();

    internal Machine Machine => _machine ?? throw new InvalidOperationException("the process has no thread yet");

    private Machine? _machine;

    /// <summary>The threads that have not been removed: a snapshot.</summary>
    internal LinuxThread[] Threads
    {
        get
        {
            lock (_gate)
                return Array.FindAll(_threads, static thread => thread is not null)!;
        }
    }

    /// <summary>The thread of this process that has that number and has not ended, or null.</summary>
    internal LinuxThread? FindThread(int id)
    {
        lock (_gate)
            return Array.Find(_threads, thread => thread is { HasEnded: false } && thread.Id == id);
    }

    internal void Add(LinuxThread thread)
    {
        _machine ??= thread.VCpu.Machine;
        lock (_gate)
        {
            if (_threads.Length <= thread.VCpu.Index)
                Array.Resize(ref _threads, Math.Max(thread.VCpu.Index + 1, 2 * _threads.Length));
            _threads[thread.VCpu.Index] = thread;
        }
    }

    /// <summary>Ends the guest as if it had called <c>exit_group</c>, if it runs still. Callable from any thread, inside translated code too.</summary>
    public void Stop(int code)
    {
        End(new GuestExit(code, 0));
        foreach (var thread in Threads)
            thread.VCpu.Kick();
    }

    /// <summary>Ends all threads; the first end counts.</summary>
    internal void End(GuestExit exit)
    {
        foreach (var thread in MarkEnded(exit))
            if (thread.Control is not null && thread.Control != HostThread.Control)
                HostSignals.WakeUp(thread.Id);
        _machine?.Debugger?.ReleaseEnded();
    }

    /// <summary>Ends one thread; the process ends with its last thread, and then with this exit code.</summary>
    internal void EndThread(LinuxThread thread, int code)
    {
        thread.HasEnded = thread.VCpu.StopRequested = true;
        bool isLast;
        lock (_gate)
        {
            isLast = _exit is null && Array.TrueForAll(_threads, static other => other is null or { HasEnded: true });
            if (isLast)
                _exit = new GuestExit(code, 0);
        }

        if (isLast && thread != Main && Main.Control is not null)
            HostSignals.WakeUp(Main.Id);
    }

    /// <summary>
    /// On the main thread, when its vCPU has left its loop: waits until the last thread has ended, or somebody has ended all. The others then wait in the stub for
    /// the host process's end, and touch nothing.
    /// </summary>
    public GuestExit WaitForEnd()
    {
        var thread = Main;
        if (Exit is null)
            LastActs(thread);
        thread.ShutOut();
        while (Exit is null)
        {
            Kernel.Guest(HostCall.Ppoll);
            if (thread.HasArrived)
                Interlocked.Exchange(ref thread.Control->Pending, 0);
        }

        return Exit.Value;
    }

    /// <summary>What others see of a thread's end: its robust futexes, and last the word that joins wait for. The guest's stack may be gone directly after it.</summary>
    internal void LastActs(LinuxThread thread)
    {
        RobustFutexes.Leave(Memory, thread);
        var word = thread.ClearOnExit;
        thread.ClearOnExit = 0;
        if (word != 0 && Memory.TryWrite(word, 0))
            Kernel.Call(HostCall.Futex, (nint)Memory.HostAddress(word), (nint)FutexOperation.FUTEX_WAKE, int.MaxValue);
    }

    /// <summary>Takes an ended thread out of the list.</summary>
    internal void Remove(LinuxThread thread)
    {
        lock (_gate)
            _threads[thread.VCpu.Index] = null;
        Machine.RemoveVCpu(thread.VCpu);
        thread.Dispose();
    }

    /// <summary>In a forked child: the thread is the only one.</summary>
    internal void ForgetOthers(LinuxThread thread)
    {
        lock (_gate)
        {
            Array.Clear(_threads);
            _threads[thread.VCpu.Index] = thread;
            Main = thread;
        }

        Ended.Forget();
        Machine.ForgetOthers(thread.VCpu);
    }

    private LinuxThread[] MarkEnded(GuestExit exit)
    {
        lock (_gate)
        {
            _exit ??= exit;
            foreach (var thread in _threads)
                if (thread is not null)
                    thread.HasEnded = thread.VCpu.StopRequested = true;
        }

        return Threads;
    }

    /// <summary>True if the thread goes on in guest code. All but the main thread never come back from here once the process has ended.</summary>
    private bool GoesOn(LinuxThread thread)
    {
        if (!thread.HasEnded)
            return true;
        if (thread.IsSharedChild)
            HostProcess.Exit(_exit?.Code ?? 0);
        if (thread == Main || Exit is null || thread.Control is null)
            return false;
        thread.ShutOut();
        while (true)
        {
            Kernel.Guest(HostCall.Ppoll);
            Interlocked.Exchange(ref thread.Control->Pending, 0);
        }
    }

    private LinuxThread ThreadOf(VCpuContext vcpu) =>
        _threads[vcpu.Index] ?? throw new InvalidOperationException($"vCPU {vcpu.Index} runs no thread of this process");
}
