using System.Runtime.InteropServices;
using Emu.Engine;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Ir;
using Emu.Linux.Abi;
using Emu.Linux.Calls;
using Emu.Linux.Host;
using Emu.Linux.Host.Stubs;
using Emu.Linux.Loading;
using Emu.Linux.Signals;
using Emu.Linux.Trace;

namespace Emu.Linux.Process;

/// <summary>
/// A guest process under user-mode Linux: made by loading a program, it stands above the vCPUs and answers their system calls from the host's kernel.
/// Create one per guest memory; start the main thread once.
/// </summary>
public sealed unsafe partial class LinuxProcess : IGuestSystem, IDisposable
{
    /// <summary>Loads the program into the empty memory.</summary>
    /// <exception cref="ProgramLoadException">The program cannot be started.</exception>
    public LinuxProcess(LinuxProcessOptions options, IGuest guest, GuestMemory memory)
    {
        (Options, Memory, Abi, Guest) = (options, memory, guest.Abi, LinuxGuest.Of(guest));
        Sysroot = new Sysroot(options.Sysroot is null ? null : RawText.Encode(options.Sysroot));
        Trace = options.Trace is null ? null : new SyscallTrace(options.Trace);
        Unimplemented = new UnimplementedLog(options.Unimplemented);
        Signals = new SignalActions(options.OwnsHostProcess, options.IgnoresBrokenPipes);
        Delivery = new SignalDelivery(this, guest);
        Limits = new ProcessLimits(memory);
        var stackSize = AddressLayout.StackSize(HostLimits.StackSize());
        memory.SearchTop = AddressLayout.SearchTop(memory, stackSize);
        var name = RawText.Decode(options.ProgramPath);
        using (var file = ProgramFile.Open(options.ProgramPath, name, mustBeExecutable: true))
        {
            ExecutablePath = file.ResolvedPath;
            Program = new ProgramLoader(memory, Guest, Sysroot).Load(file);
        }

        (Program, SignalReturn) = MapVdso(Program);
        var stack = new InitialStack(memory, name, stackSize, Program.WantsExecutableStack);
        Program = Program with { StackPointer = stack.Build(Program, Guest, options.ProgramPath, options.Arguments, options.Environment) };
        Program = Program with
        {
            ArgumentsStart = stack.ArgumentsStart, ArgumentsEnd = stack.ArgumentsEnd, EnvironmentEnd = stack.EnvironmentEnd,
        };
        AuxiliaryVector = stack.AuxiliaryVector;
        Heap = new Heap(memory, Program.BreakStart);
        ExecutablePointer = (nint)NativeMemory.Alloc((nuint)ExecutablePath.Length + 1);
        RawText.WithZero(ExecutablePath).CopyTo(new Span<byte>((void*)ExecutablePointer, ExecutablePath.Length + 1));
    }

    /// <summary>The loaded program.</summary>
    public LoadedProgram Program { get; }

    /// <summary>The program's file without symbolic links, as <c>/proc/self/exe</c> names it.</summary>
    public byte[] ExecutablePath { get; }

    internal LinuxProcessOptions Options { get; }

    internal GuestMemory Memory { get; }

    internal GuestAbi Abi { get; }

    internal LinuxGuest Guest { get; }

    internal Sysroot Sysroot { get; }

    internal SyscallTrace? Trace { get; }

    internal UnimplementedLog Unimplemented { get; }

    internal SignalActions Signals { get; }

    internal SignalDelivery Delivery { get; }

    internal Heap Heap { get; }

    internal ProcessLimits Limits { get; }

    /// <summary>What is mapped from now on is locked (mlockall(2), MCL_FUTURE).</summary>
    internal bool LocksNewMappings { get; set; }

    /// <summary>Where signal handlers return to; 0 if there was no room for that code.</summary>
    internal ulong SignalReturn { get; }

    /// <summary>What personality(2) was told last.</summary>
    internal uint Personality { get; set; }

    /// <summary>The auxiliary vector as the program got it.</summary>
    internal IReadOnlyList<ulong> AuxiliaryVector { get; }

    /// <summary><see cref="ExecutablePath"/> in native memory, zero-terminated.</summary>
    internal nint ExecutablePointer { get; private set; }

    /// <summary>Puts the vCPU where the program begins. Once, before its loop runs, on the thread that will run it.</summary>
    public void StartMainThread(VCpuContext vcpu)
    {
        // A guest that shares its host process has no thread of its own there: the main thread is the one that has the number of the process.
        var thread = new LinuxThread(vcpu, Options.OwnsHostProcess ? HostProcess.ThreadId : HostProcess.Id);
        Add(thread);
        Main = thread;
        Machine.Exclusive.Waiting = new GatedWaiting();
        vcpu.Pc = Program.InitialPc;
        vcpu.Register(Abi.StackPointer) = Program.StackPointer;
        HostProcess.SetName(ExecutablePath);
        if (!Options.OwnsHostProcess)
            return;
        RuntimeThreads.Deafen();
        thread.Attach();
        // Who started the emulator has chosen what is blocked.
        thread.SignalMask = thread.HostMask & ~SignalFacts.AlwaysOpen;
    }

    /// <summary>
    /// From now on, the signals that end a program end the guest but leave the host process alive, so that it can still tell what it saw. Before the
    /// first vCPU runs.
    /// </summary>
    public void OutliveGuest() => Signals.Outlive();

    /// <inheritdoc/>
    public bool OnSyscall(VCpuContext vcpu)
    {
        var thread = ThreadOf(vcpu);
        var context = new SyscallContext(this, thread);
        var (number, firstArgument) = (vcpu.Register(Abi.Number), context[0]);
        var given = AskPlugins(thread, number);
        SysResult result;
        thread.IsInCall = true;
        do
        {
            // What breaks a call and is none of the guest's, such as the runtime's own signal, must not show: the call is made again.
            result = given ?? SyscallTable.Dispatch(ref context, number);
            thread.Scratch.Reset();
            if (thread.Handed.Count > 0)
                NoteHanded(thread);
            if (result.IsInterrupted)
                TakeSignals(thread);
            if (thread.LeavesCall)
                WaitOutsideCall(thread);
        }
        while (given is null && result.IsInterrupted && !thread.IsCalled && !thread.HasEnded && !thread.HasOwnRegisters);

        var isInterrupted = result.IsUndone || result.IsInterrupted;
        var handlerDecides = isInterrupted && SyscallRestart.IsAllowed(number, context);
        thread.Restart = result.IsUndone || handlerDecides ? new InterruptedCall(firstArgument, result.IsUndone && !handlerDecides) : null;
        if (!thread.HasOwnRegisters)
            vcpu.Register(Abi.Result) = (ulong)(result.IsUndone ? (SysResult)Errno.EINTR : result).Value;
        thread.HasOwnRegisters = thread.IsInCall = false;
        TellPlugins(thread, number, result);
        DeliverSignals(thread);
        thread.Restart = null;
        return GoesOn(thread);
    }

    /// <summary>The host's kernel may have written there: translated code that it changed must go.</summary>
    private void NoteHanded(LinuxThread thread)
    {
        foreach (var (address, length) in thread.Handed)
            NoteHanded(address, length);
        thread.Handed.Clear();
    }

    /// <summary>The host's kernel is about to write there, or has; the length is 0 for a structure.</summary>
    internal void NoteHanded(ulong address, ulong length)
    {
        const ulong LongestStructure = 1024;
        Memory.NoteStore(address, length == 0 ? LongestStructure : length);
    }

    /// <inheritdoc/>
    public bool OnTrap(VCpuContext vcpu, IrTrap trap, ulong value)
    {
        if (trap == IrTrap.FetchFault && TryReachCode(vcpu.Machine, value))
            return true;
        var thread = ThreadOf(vcpu);
        Delivery.Force(thread, trap switch
        {
            IrTrap.IllegalInstruction => SignalInfo.OfFault(Signal.SIGILL, SignalCode.IllegalOpcode, vcpu.Pc),
            IrTrap.Breakpoint => SignalInfo.OfFault(Signal.SIGTRAP, SignalCode.Breakpoint, vcpu.Pc),
            IrTrap.MisalignedFetch => SignalInfo.OfFault(Signal.SIGBUS, SignalCode.Misaligned, value),
            _ => Describe(Memory.ExplainFault(value, PagePermissions.Execute)),
        });
        return GoesOn(thread);
    }

    /// <inheritdoc/>
    public bool OnFault(VCpuContext vcpu, GuestFault fault)
    {
        var thread = ThreadOf(vcpu);
        Delivery.Force(thread, Describe(fault));
        return GoesOn(thread);
    }

    /// <summary>True if code can be fetched there after all, as a first access brings its page about: the block that only faults must go.</summary>
    private bool TryReachCode(Machine machine, ulong address)
    {
        if ((Memory.PermissionsOf(address) & PagePermissions.Execute) == 0 && !Memory.TryReach(address, PagePermissions.Execute))
            return false;
        machine.DropCode(address, 1);
        return true;
    }

    private static SignalInfo Describe(GuestFault fault) => fault.Kind switch
    {
        GuestFaultKind.Unmapped => SignalInfo.OfFault(Signal.SIGSEGV, SignalCode.NotMapped, fault.Address),
        GuestFaultKind.BeyondFile => SignalInfo.OfFault(Signal.SIGBUS, SignalCode.NoSuchAddress, fault.Address),
        GuestFaultKind.Misaligned => SignalInfo.OfFault(Signal.SIGBUS, SignalCode.Misaligned, fault.Address),
        _ => SignalInfo.OfFault(Signal.SIGSEGV, SignalCode.NotAllowed, fault.Address),
    };

    /// <summary>
    /// Changes the memory map while no other vCPU is in translated code: the permission table is read without a lock, so an access could be checked before
    /// the change and made after it.
    /// </summary>
    internal T ChangeMap<T>(VCpuContext vcpu, Func<T> change)
        where T : struct
    {
        if (vcpu.Machine.VCpus.Count == 1)
            return change();
        var result = default(T);
        vcpu.Machine.Exclusive.Run(() => result = change());
        return result;
    }

    /// <summary>Frees what the process holds beside its memory. No vCPU may run any more.</summary>
    public void Dispose()
    {
        Sysroot.Dispose();
        foreach (var thread in Threads)
        {
            if (thread.Control is not null && thread.Control == HostThread.Control)
                thread.ShutOut();
            thread.Dispose();
        }

        NativeMemory.Free((void*)ExecutablePointer);
        ExecutablePointer = 0;
    }
}
