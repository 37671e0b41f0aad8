using System.Runtime.InteropServices;
using Emu.Engine.Execution;
using Emu.Linux.Calls;
using Emu.Linux.Host;
using Emu.Linux.Host.Stubs;
using Emu.Linux.Signals;

namespace Emu.Linux.Process;

/// <summary>The start of a guest thread on a host thread of its own, and its end.</summary>
internal sealed unsafe class NewThread
{
    private readonly LinuxProcess _process;
    private readonly LinuxThread _thread;
    private readonly CloneRequest _request;
    private nint _host;
    private SysResult _result;

    private NewThread(LinuxProcess process, LinuxThread thread, CloneRequest request) => (_process, _thread, _request) = (process, thread, request);

    /// <summary>Starts a thread of the caller's process (clone(2) with CLONE_THREAD): its number, or EAGAIN.</summary>
    public static SysResult Start(LinuxProcess process, LinuxThread creator, CloneRequest request)
    {
        var waiting = process.Machine.Exclusive.Waiting;
        creator.Attach();
        process.Starting.Acquire(waiting);
        try
        {
            process.Ended.Collect();
            return process.Exit is not null ? Errno.EAGAIN : StartNow(process, creator, request);
        }
        finally
        {
            process.Starting.Release(waiting);
        }
    }

    private static SysResult StartNow(LinuxProcess process, LinuxThread creator, CloneRequest request)
    {
        var vcpu = process.Machine.AddVCpu();
        vcpu.CopyGuestState(creator.VCpu);
        request.Apply(vcpu, process.Abi);
        var start = new NewThread(process, new LinuxThread(vcpu, 0) { SignalMask = creator.SignalMask, ClearOnExit = request.ClearOnExit }, request);
        var handle = GCHandle.Alloc(start);
        *process.HasBegun = 0;
        var error = StartHost(creator, GCHandle.ToIntPtr(handle), out start._host);
        if (error != 0)
        {
            handle.Free();
            process.Machine.RemoveVCpu(vcpu);
            return Errno.EAGAIN;
        }

        WaitFor(process.HasBegun);
        if (start._result.IsError)
            process.Machine.RemoveVCpu(vcpu);
        return start._result;
    }

    /// <summary>The new thread inherits that all is blocked; the C library of a guest has mostly seen to it.</summary>
    private static int StartHost(LinuxThread creator, nint handle, out nint host)
    {
        if ((creator.HostMask | SignalFacts.AbsoluteBits) == ~SignalFacts.AlwaysOpen)
            return HostThreads.Start(&Run, handle, out host);
        var blocked = HostThread.Block(~SignalFacts.AlwaysOpen);
        var error = HostThreads.Start(&Run, handle, out host);
        HostThread.Block(blocked);
        return error;
    }

    /// <summary>A new thread begins within microseconds if there is a processor for it: less than going to sleep and being woken takes.</summary>
    private static void WaitFor(int* begun)
    {
        for (var turn = 0; turn < 100 && Volatile.Read(ref *begun) == 0; turn++)
            Thread.SpinWait(20);
        while (Volatile.Read(ref *begun) == 0)
            HostFutex.Wait(begun, 0);
    }

    [UnmanagedCallersOnly]
    private static nint Run(nint handle)
    {
        var start = (NewThread)GCHandle.FromIntPtr(handle).Target!;
        GCHandle.FromIntPtr(handle).Free();
        if (start.Begin())
            start.RunToEnd();
        return 0;
    }

    /// <summary>Makes the thread known. The creator waits, so nothing changes under it.</summary>
    private bool Begin()
    {
        try
        {
            _thread.AttachNew();
            _thread.Id = HostProcess.ThreadId;
            _process.Add(_thread);
            // Before either side goes on (clone(2)).
            _request.StoreNumbers(_process.Memory, _thread.Id);
            _result = _thread.Id;
        }
        catch (OutOfMemoryException)
        {
            _result = Errno.EAGAIN;
        }

        var isStarted = !_result.IsError;
        if (!isStarted)
            _process.Ended.Add(_host);
        Volatile.Write(ref *_process.HasBegun, 1);
        HostFutex.WakeAll(_process.HasBegun);

        return isStarted;
    }

    private void RunToEnd()
    {
        var vcpu = _thread.VCpu;
        _process.TakeSignals(_thread);
        new VCpuLoop(vcpu, _process).Run();
        if (_thread == _process.Main)
        {
            // A forked child, whose only thread this was when it began.
            _process.Options.Ending!(_process.WaitForEnd());
            return;
        }

        _thread.ShutOut();
        _process.Remove(_thread);
        _process.LastActs(_thread);
        _process.Ended.Add(_host);
        HostThread.Detach();
    }
}
