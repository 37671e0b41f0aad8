using System.Runtime.InteropServices;
using Emu.Engine;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Ir;
using Emu.Linux.Abi;
using Emu.Linux.Calls;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
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
    /// <summary>What others send to end a program, if it does nothing about it. SIGXFSZ is not among them: the kernel sends it to the very thread that writes.</summary>
    private static readonly Signal[] Deadly =
    [
        Signal.SIGHUP, Signal.SIGINT, Signal.SIGQUIT, Signal.SIGTERM, Signal.SIGUSR1, Signal.SIGUSR2, Signal.SIGALRM, Signal.SIGVTALRM, Signal.SIGPROF, Signal.SIGXCPU, Signal.SIGIO,
        Signal.SIGPWR,
    ];

    private readonly Lock _gate = new();
    private LinuxThread?[] _threads = [];
    private GuestExit? _exit;

    /// <summary>Loads the program into the empty memory.</summary>
    /// <exception cref="ProgramLoadException">The program cannot be started.</exception>
    public LinuxProcess(LinuxProcessOptions options, IGuest guest, GuestMemory memory)
    {
        (Options, Memory, Abi, Guest) = (options, memory, guest.Abi, LinuxGuest.Of(guest));
        Sysroot = new Sysroot(options.Sysroot is null ? null : RawText.Encode(options.Sysroot));
        Trace = options.Trace is null ? null : new SyscallTrace(options.Trace);
        Unimplemented = new UnimplementedLog(options.Unimplemented);
        HostSignalSource = new HostSignalSource(this);
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

    /// <summary>How the process ended, or null while it runs.</summary>
    public GuestExit? Exit
    {
        get
        {
            lock (_gate)
                return _exit;
        }
    }

    internal LinuxProcessOptions Options { get; }

    internal GuestMemory Memory { get; }

    internal GuestAbi Abi { get; }

    internal LinuxGuest Guest { get; }

    internal Sysroot Sysroot { get; }

    internal SyscallTrace? Trace { get; }

    internal UnimplementedLog Unimplemented { get; }

    internal SignalActions Signals { get; } = new();

    internal SignalDelivery Delivery { get; }

    internal HostSignalSource HostSignalSource { get; }

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

    /// <summary>Puts the vCPU where the program begins. Once, before its loop runs.</summary>
    public void StartMainThread(VCpuContext vcpu)
    {
        var thread = new LinuxThread(vcpu, System.Environment.ProcessId);
        lock (_gate)
        {
            if (_threads.Length <= vcpu.Index)
                Array.Resize(ref _threads, vcpu.Index + 1);
            _threads[vcpu.Index] = thread;
        }

        vcpu.Pc = Program.InitialPc;
        vcpu.Register(Abi.StackPointer) = Program.StackPointer;
        HostProcess.SetName(ExecutablePath);
    }

    /// <summary>
    /// From now on, the signals that end a program end the guest but leave the host process alive, so that it can still tell what it saw. On the
    /// thread that runs the vCPU, before its loop runs.
    /// </summary>
    public void OutliveGuest(VCpuContext vcpu)
    {
        foreach (var signal in Deadly)
        {
            if (Signals.IsIgnored(signal))
                continue;
            HostSignalSource.Listen(ThreadOf(vcpu), signal);
            Signals.KeepCaught(signal);
        }
    }

    /// <inheritdoc/>
    public bool OnSyscall(VCpuContext vcpu)
    {
        var thread = ThreadOf(vcpu);
        var context = new SyscallContext(this, thread);
        var (number, firstArgument) = (vcpu.Register(Abi.Number), context[0]);
        var given = AskPlugins(thread, number);
        SysResult result;
        do
        {
            // Signals that are none of the guest's, such as the runtime's own, must not show: the call is made again.
            result = given ?? SyscallTable.Dispatch(ref context, number);
            thread.Scratch.Reset();
            if (thread.Handed.Count > 0)
                NoteHanded(thread);
        }
        while (given is null && result.IsInterrupted && (thread.Pending.Bits & ~thread.SignalMask) == 0 && !thread.HasEnded);

        thread.Restart = result.IsInterrupted && SyscallRestart.IsAllowed(number) ? firstArgument : null;
        if (!thread.HasOwnRegisters)
            vcpu.Register(Abi.Result) = (ulong)result.Value;
        thread.HasOwnRegisters = false;
        TellPlugins(thread, number, result);
        if (thread.Pending.Bits != 0 || thread.MaskToRestore is not null)
            Delivery.Deliver(thread);
        thread.Restart = null;
        return !thread.HasEnded;
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
        return !thread.HasEnded;
    }

    /// <inheritdoc/>
    public bool OnFault(VCpuContext vcpu, GuestFault fault)
    {
        var thread = ThreadOf(vcpu);
        Delivery.Force(thread, Describe(fault));
        return !thread.HasEnded;
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
    /// Sends a signal from another host thread to a guest thread that does not block it, or to any. Null if it is ignored or the process has ended; else
    /// <paramref name="handled"/> is called once that thread has looked at it.
    /// </summary>
    internal LinuxThread? TrySend(SignalInfo info, Action handled)
    {
        lock (_gate)
        {
            if (_exit is not null)
                return null;
            var alive = Array.FindAll(_threads, static thread => thread is { HasEnded: false });
            if ((Array.Find(alive, thread => (thread!.SignalMask & SignalFacts.Bit(info.Signal)) == 0) ?? (alive.Length > 0 ? alive[0] : null)) is not { } receiver)
                return null;
            var isWanted = ((receiver.SignalMask | receiver.AwaitedSignals) & SignalFacts.Bit(info.Signal)) != 0;
            if (!isWanted && Signals.IsIgnored(info.Signal))
                return null;
            receiver.Pending.Add(info);
            receiver.VCpu.Post(_ =>
            {
                Delivery.Deliver(receiver);
                handled();
            });
            return receiver;
        }
    }

    /// <summary>Ends the guest as if it had called <c>exit_group</c>, if it runs still. Callable from any thread, inside translated code too.</summary>
    public void Stop(int code)
    {
        LinuxThread?[] threads;
        lock (_gate)
            threads = _threads;
        End(new GuestExit(code, 0));
        foreach (var thread in threads)
        {
            thread?.VCpu.Kick();
            HostSignals.Interrupt(thread?.HostId ?? 0);
        }
    }

    /// <summary>Ends all threads; the first end counts.</summary>
    internal void End(GuestExit exit)
    {
        lock (_gate)
        {
            _exit ??= exit;
            foreach (var thread in _threads)
                if (thread is not null)
                    thread.HasEnded = thread.VCpu.StopRequested = true;
        }
    }

    /// <summary>Ends one thread; the process ends with its last thread, and then with this exit code.</summary>
    internal void EndThread(LinuxThread thread, int code)
    {
        lock (_gate)
        {
            thread.HasEnded = thread.VCpu.StopRequested = true;
            if (Array.TrueForAll(_threads, static other => other is null or { HasEnded: true }))
                _exit ??= new GuestExit(code, 0);
        }

        if (thread.ClearOnExit != 0 && Memory.TryWrite(thread.ClearOnExit, 0))
            Kernel.Call(HostCall.Futex, (nint)Memory.HostAddress(thread.ClearOnExit), (nint)FutexOperation.FUTEX_WAKE, int.MaxValue);
    }

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
        HostSignalSource.Dispose();
        Sysroot.Dispose();
        foreach (var thread in _threads)
            thread?.Dispose();
        _threads = [];
        NativeMemory.Free((void*)ExecutablePointer);
        ExecutablePointer = 0;
    }

    private LinuxThread ThreadOf(VCpuContext vcpu) =>
        _threads[vcpu.Index] ?? throw new InvalidOperationException($"vCPU {vcpu.Index} runs no thread of this process");
}
