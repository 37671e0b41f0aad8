using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Linux.Host;
using Emu.Linux.Process;
using Emu.Linux.Signals;
using Emu.Linux.Trace;

namespace Emu.Linux.Calls;

/// <summary>One system call in the making: who calls, and the argument registers.</summary>
internal readonly ref struct SyscallContext(LinuxProcess process, LinuxThread thread)
{
    public LinuxProcess Process { get; } = process;

    public LinuxThread Thread { get; } = thread;

    public GuestMemory Memory => Process.Memory;

    public VCpuContext VCpu => Thread.VCpu;

    /// <summary>Where the call is traced, or null.</summary>
    public SyscallTrace? Trace => Process.Trace;

    /// <summary>An argument register, 0 to 5.</summary>
    public ulong this[int index] => VCpu.Register(Process.Abi.Arguments[index]);

    /// <summary>Asks the host's kernel.</summary>
    public SysResult Host(HostCall call, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0) =>
        Kernel.Guest(call, a, b, c, d, e, f);

    /// <summary>As <see cref="Host"/>, for a call whose purpose is to wait: plugins are told that the vCPU is idle meanwhile.</summary>
    public SysResult Wait(HostCall call, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0)
    {
        var plugins = VCpu.Machine.Plugins;
        plugins?.VCpuIdle(VCpu);
        var result = Host(call, a, b, c, d, e, f);
        plugins?.VCpuResumed(VCpu);
        return result;
    }

    /// <summary>As <see cref="Host"/>, for a call that waits only while its descriptor is not ready: plugins are told that the vCPU is idle if it is not.</summary>
    public SysResult Receive(HostCall call, nint descriptor, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0) =>
        MayWaitFor(descriptor, HostReadiness.ToRead) ? Wait(call, descriptor, b, c, d, e, f) : Host(call, descriptor, b, c, d, e, f);

    /// <summary>As <see cref="Receive"/>, for a call that waits for room.</summary>
    public SysResult Send(HostCall call, nint descriptor, nint b = 0, nint c = 0, nint d = 0, nint e = 0, nint f = 0) =>
        MayWaitFor(descriptor, HostReadiness.ToWrite) ? Wait(call, descriptor, b, c, d, e, f) : Host(call, descriptor, b, c, d, e, f);

    private bool MayWaitFor(nint descriptor, short events) =>
        VCpu.Machine.Plugins is { } plugins && plugins.Watches(Emu.Plugins.PluginEvents.VCpuIdle | Emu.Plugins.PluginEvents.VCpuResume) && HostReadiness.MustWait((int)descriptor, events);

    /// <summary>The answer of a call that is refused on purpose; <c>-d unimp</c> names it.</summary>
    public SysResult Refuse(Errno error)
    {
        Process.Unimplemented.Syscall(VCpu.Register(Process.Abi.Number));
        return error;
    }

    /// <summary>
    /// The result of a call that sends: writing where nobody can read raises SIGPIPE (pipe(7)). A host process that is not the guest's alone ignores that signal, so it comes from here.
    /// </summary>
    public SysResult Sent(SysResult result)
    {
        if (result.Value == -(long)Errno.EPIPE && !Process.Options.OwnsHostProcess)
            Process.Delivery.Raise(Thread, SignalInfo.OfSelf(Signal.SIGPIPE, SignalCode.Kill));
        return result;
    }

    /// <summary>
    /// Host address of guest memory that the host's kernel may write, as <see cref="HostSource"/>. What it may have written is looked at after the call, in case
    /// there was code.
    /// </summary>
    public nint HostAddress(ulong address, ulong length = 0)
    {
        if (Memory.HasWatchedPages)
        {
            Thread.Handed.Add((address, length));
            // The kernel's store must not be refused because the page is watched.
            if (Memory.IsCheckedByHost)
                Process.NoteHanded(address, length);
        }

        return HostSource(address, length);
    }

    /// <summary>Of no process on any host: the last page.</summary>
    internal const nint KernelAddress = -(nint)GuestMemory.PageSize;

    /// <summary>
    /// Host address of guest memory that the host's kernel reads itself. Host pages have the rights of guest pages, so the kernel answers EFAULT
    /// where it would for the guest; an address outside the guest's space becomes one of the kernel's own, which calls refuse even where they would access nothing, and null stays null.
    /// </summary>
    public unsafe nint HostSource(ulong address, ulong length = 0)
    {
        if (address == 0)
            return 0;
        if (address >= Memory.Limit || length > Memory.Limit - address)
            return KernelAddress;
        // The kernel's access would make a stack grow, which the host's kernel cannot do here.
        if ((Memory.PermissionsOf(address) & PagePermissions.Mapped) == 0)
            Memory.TryReach(address, PagePermissions.Read);
        return (nint)Memory.HostAddress(address);
    }
}
