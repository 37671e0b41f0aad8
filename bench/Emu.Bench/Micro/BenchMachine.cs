using Emu.Backend.Threaded;
using Emu.Engine;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation;
using Emu.Engine.Instrumentation.CommandLine;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Ir;
using Emu.Plugins;

namespace Emu.Bench.Micro;

/// <summary>A machine with one vCPU and one small program. A system call ends a run.</summary>
internal sealed class BenchMachine : IGuestSystem, IDisposable
{
    /// <summary>Guest address of the program's first instruction.</summary>
    public const ulong Start = 0x10000;

    private const ulong StackTop = 0x200000;

    private readonly VCpuLoop _loop;

    /// <summary>Loads the program, and installs plugins as <c>-p</c> would.</summary>
    public BenchMachine(byte[] program, params string[] plugins)
    {
        Memory = new GuestMemory();
        Memory.MapAnonymous(Start, GuestMemory.RoundUp((ulong)program.Length), PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute);
        Memory.MapAnonymous(StackTop - 65536, 65536, PagePermissions.Read | PagePermissions.Write);
        Memory.TryWrite(Start, program);
        var guest = new RiscVGuest();
        Machine = new Machine(guest, new ThreadedBackend(guest.StateSize), Memory);
        if (plugins.Length > 0)
            Install(plugins);
        VCpu = Machine.AddVCpu();
        VCpu.Register(guest.Abi.StackPointer) = StackTop;
        _loop = new VCpuLoop(VCpu, this);
    }

    public GuestMemory Memory { get; }

    public Machine Machine { get; }

    public VCpuContext VCpu { get; }

    /// <summary>Runs the program from its start to its system call.</summary>
    public void Run()
    {
        VCpu.Pc = Start;
        VCpu.StopRequested = false;
        _loop.Run();
    }

    public bool OnSyscall(VCpuContext vcpu) => false;

    public bool OnTrap(VCpuContext vcpu, IrTrap trap, ulong value) => throw new InvalidOperationException($"the program raised {trap} at 0x{vcpu.Pc:x}");

    public bool OnFault(VCpuContext vcpu, GuestFault fault) => throw new InvalidOperationException($"the program faulted at 0x{vcpu.Pc:x}: {fault}");

    public void Dispose()
    {
        Machine.Dispose();
        Memory.Dispose();
    }

    private void Install(string[] plugins)
    {
        var host = new PluginHost<LinkedPlugins>(Machine, new GuestInfo { VCpus = 1 }, Console.Error.WriteLine);
        var callbacks = default(ThreadedCallbacks);
        LinkedPlugins.BindCallbacks(ref callbacks);
        Machine.Plugins = host;
        foreach (var chosen in PluginSelection.Parse(LinkedPlugins.Plugins, plugins).Plugins)
            host.Install(chosen.Descriptor, chosen.Options);
    }
}
