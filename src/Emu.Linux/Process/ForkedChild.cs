using Emu.Linux.Calls;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Host.Stubs;
using Emu.Linux.Signals;

namespace Emu.Linux.Process;

/// <summary>
/// fork(2) of the guest is fork(2) of the host process. All other threads are first brought to places from where they cannot run managed code: theirs are the locks that a
/// copy would never see released.
/// </summary>
internal static unsafe class ForkedChild
{
    /// <summary>Copies the process: the child's number in the parent, 0 in the child.</summary>
    public static SysResult Start(LinuxProcess process, LinuxThread thread, CloneRequest request)
    {
        if (!RuntimeFork.IsSupported)
            throw new NotSupportedException("a guest can fork only in the published native file");
        var machine = process.Machine;
        process.Starting.Acquire(machine.Exclusive.Waiting);
        try
        {
            process.Ended.JoinAll();
            using var section = machine.Exclusive.Begin();
            process.Options.Forking?.Invoke();
            ForkGate.Close(() => Hurry(process));
            // Whoever began to end before the gate was closed.
            process.Ended.JoinAll();
            RuntimeFork.SettleFinalizer();
            return Copy(process, thread, request);
        }
        finally
        {
            process.Starting.Release(machine.Exclusive.Waiting);
        }
    }

    private static void Hurry(LinuxProcess process)
    {
        foreach (var vcpu in process.Machine.VCpus)
            vcpu.Kick();
    }

    private static SysResult Copy(LinuxProcess process, LinuxThread thread, CloneRequest request)
    {
        var backend = process.Machine.Backend;
        backend.PrepareFork();
        // Until all is in order in the child nothing may come between.
        var blocked = HostThread.Block(~0UL);
        var child = RuntimeFork.Fork();
        if (child == 0)
            BecomeChild(process, thread, request);
        else
        {
            backend.EndFork();
            ForkGate.Open();
        }

        HostThread.Block(blocked);
        if (child <= 0)
            return child;
        request.StoreParentNumber(process.Memory, child);
        return StoreDescriptor(process, request, child);
    }

    private static void BecomeChild(LinuxProcess process, LinuxThread thread, CloneRequest request)
    {
        *StubPage.ProcessId = HostProcess.Id;
        ForkGate.Open();
        HostThread.ForgetOthers();
        process.ForgetOthers(thread);
        process.Machine.PartFromParent();
        thread.Id = HostProcess.ThreadId;
        thread.ClearOnExit = request.ClearOnExit;
        thread.RobustList = 0;
        // What came for the parent stays with it.
        Volatile.Write(ref thread.Control->Pending, 0);
        thread.Pending.Clear();
        if ((request.Flags & CloneFlags.CLONE_CLEAR_SIGHAND) != 0)
            process.Signals.Reset();
        request.Apply(thread.VCpu, process.Abi);
        request.StoreChildNumber(process.Memory, thread.Id);
        process.Options.Forked?.Invoke();
    }

    /// <summary>CLONE_PIDFD. Nobody but this process can have waited for the child, so its number is still its own.</summary>
    internal static SysResult StoreDescriptor(LinuxProcess process, CloneRequest request, long child)
    {
        if ((request.Flags & CloneFlags.CLONE_PIDFD) == 0)
            return child;
        var descriptor = (int)Kernel.Call(HostCall.PidfdOpen, (nint)child);
        if (descriptor >= 0)
            process.Memory.TryWrite(request.ProcessDescriptor, descriptor);
        return child;
    }
}
