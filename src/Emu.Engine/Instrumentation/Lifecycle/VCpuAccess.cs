using Emu.Engine.Execution;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Lifecycle;

/// <summary>What a plugin reaches through its <see cref="VCpu"/> handle. On the vCPU's own thread, or anywhere while the vCPU is stopped.</summary>
internal sealed unsafe class VCpuAccess(VCpuContext vcpu, PluginHost host) : IVCpuAccess
{
    /// <inheritdoc/>
    public nint State => (nint)vcpu.State;

    /// <inheritdoc/>
    public bool IsInEvent { get; set; }

    /// <inheritdoc/>
    public ulong ProgramCounter => IsInEvent ? vcpu.Pc : host.Machine.Backend.PcOf(vcpu.State);

    /// <inheritdoc/>
    public int ReadRegister(int number, Span<byte> destination)
    {
        var source = host.Machine.Guest.Registers[number];
        if (destination.Length < source.Size)
            throw new ArgumentException($"register {source.Name} needs {source.Size} bytes", nameof(destination));
        return source.ToBytes(source.Offset == VCpuState.PcOffset ? ProgramCounter : source.Read(vcpu.State), destination);
    }

    /// <inheritdoc/>
    public bool TryReadMemory(ulong address, Span<byte> destination) => host.Machine.Memory.TryRead(address, destination);

    /// <inheritdoc/>
    public bool TryWriteMemory(ulong address, ReadOnlySpan<byte> source) => host.Machine.Memory.TryWrite(address, source);

    /// <inheritdoc/>
    public void OnCallbackFailed(Plugin plugin, Exception exception) => host.OnPluginFailed(plugin, exception);
}
