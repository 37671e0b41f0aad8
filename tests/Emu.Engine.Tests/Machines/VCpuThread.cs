using System.Runtime.ExceptionServices;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;

namespace Emu.Engine.Tests.Machines;

/// <summary>Runs a vCPU's loop on a thread of its own.</summary>
internal sealed class VCpuThread
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    public VCpuThread(VCpuContext vcpu, IGuestSystem system)
    {
        VCpu = vcpu;
        _thread = new Thread(() => Run(system)) { IsBackground = true };
    }

    public VCpuContext VCpu { get; }

    public void Start() => _thread.Start();

    /// <summary>Waits for the vCPU's end; what its loop threw is thrown here.</summary>
    public void Join(TimeSpan patience)
    {
        if (!_thread.Join(patience))
            Assert.Fail($"vCPU {VCpu.Index} does not end, its pc is 0x{VCpu.Pc:x}");
        _failure?.Throw();
    }

    private void Run(IGuestSystem system)
    {
        try
        {
            new VCpuLoop(VCpu, system).Run();
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
