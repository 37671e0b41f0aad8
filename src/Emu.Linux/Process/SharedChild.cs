using System.Runtime.InteropServices;
using Emu.Engine.Execution;
using Emu.Linux.Calls;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Host.Stubs;
using Emu.Linux.Signals;

namespace Emu.Linux.Process;

/// <summary>
/// vfork(2) of the guest is that of the host: the child runs the guest in the emulator's memory, further down on the stack of the thread that made it, which the kernel keeps
/// waiting meanwhile. To the runtime the child is that thread. It ends in execve(2) or exit(2) and never returns.
/// </summary>
internal static unsafe class SharedChild
{
    [ThreadStatic]
    private static (LinuxProcess Process, LinuxThread Thread, CloneRequest Request)? t_child;

    /// <summary>Runs a child until it ends or executes a program; its number.</summary>
    public static SysResult Start(LinuxProcess process, LinuxThread thread, CloneRequest request)
    {
        if (!RuntimeFork.IsSupported)
            throw new NotSupportedException("a guest can fork only in the published native file");
        // What has come for the parent must be taken before: the child uses the same control block.
        HostThread.Block(thread.HostMask = ~SignalFacts.AlwaysOpen);
        if (thread.HasArrived)
            return Errno.ERESTARTSYS;
        var state = new ParentState(process, thread);
        t_child = (process, thread, request);
        var child = StubPage.VFork((nint)(delegate* unmanaged<nint, void>)&RunChild, 0);
        state.Restore();
        if (child < 0)
            return child;
        request.StoreParentNumber(process.Memory, (int)child);
        return ForkedChild.StoreDescriptor(process, request, child);
    }

    [UnmanagedCallersOnly]
    private static void RunChild(nint unused)
    {
        var (process, thread, request) = t_child!.Value;
        var vcpu = thread.VCpu;
        thread.IsSharedChild = true;
        // Not followed: its breakpoints are the parent's.
        vcpu.Debug = null;
        thread.Id = HostProcess.ThreadId;
        thread.ClearOnExit = request.ClearOnExit;
        thread.RobustList = 0;
        thread.Pending.Clear();
        if ((request.Flags & CloneFlags.CLONE_CLEAR_SIGHAND) != 0)
            process.Signals.Reset();
        request.Apply(vcpu, process.Abi);
        request.StoreChildNumber(process.Memory, thread.Id);
        LinuxProcess.TellForked(thread, SysResult.None, sharesMemory: true);
        process.TakeSignals(thread);
        new VCpuLoop(vcpu, process).GoOn();
        // The loop ends only with the process: see LinuxProcess.GoesOn.
        HostProcess.Exit(0);
    }

    /// <summary>What the child changes in memory and a process of its own would not have changed for its parent.</summary>
    private sealed class ParentState
    {
        private readonly LinuxProcess _process;
        private readonly LinuxThread _thread;
        private readonly Emu.Engine.Debugging.VCpuDebug? _debug;
        private readonly byte[] _vcpu;
        private readonly SignalAction[] _actions;
        private readonly SignalInfo[] _pending;
        private readonly ulong[] _callArguments;
        private readonly (int Id, ulong Mask, SignalStack Stack, ulong Clear, ulong Robust, bool IsShared, ulong? Restore) _fields;

        public ParentState(LinuxProcess process, LinuxThread thread)
        {
            (_process, _thread, _debug) = (process, thread, thread.VCpu.Debug);
            _vcpu = new ReadOnlySpan<byte>(thread.VCpu.State, thread.VCpu.Machine.Guest.StateSize).ToArray();
            _actions = process.Signals.Copy();
            _pending = thread.Pending.Copy();
            _callArguments = [.. thread.CallArguments];
            _fields = (thread.Id, thread.SignalMask, thread.AlternateStack, thread.ClearOnExit, thread.RobustList, thread.IsSharedChild, thread.MaskToRestore);
        }

        public void Restore()
        {
            var vcpu = _thread.VCpu;
            _vcpu.CopyTo(new Span<byte>(vcpu.State, _vcpu.Length));
            vcpu.Debug = _debug;
            vcpu.LeaveTranslatedCode();
            vcpu.StopRequested = _thread.HasEnded = _process.Exit is not null;
            _process.Signals.Restore(_actions);
            _callArguments.CopyTo(_thread.CallArguments, 0);
            _thread.Pending.Clear();
            foreach (var info in _pending)
                _thread.Pending.Add(info);
            (_thread.Id, _thread.SignalMask, _thread.AlternateStack, _thread.ClearOnExit, _thread.RobustList, _thread.IsSharedChild, _thread.MaskToRestore) = _fields;
            // The child's signals; for the parent everything has waited in the kernel.
            Volatile.Write(ref _thread.Control->Pending, 0);
            _thread.HostMask = ~SignalFacts.AlwaysOpen;
        }
    }
}
