using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Replaying;
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

    /// <summary>While the vCPU waits: the plugins that were told so. Null while it does not.</summary>
    public PluginInstance[]? ToldIdle { get; set; }

    /// <inheritdoc/>
    public ulong ProgramCounter => IsInEvent ? vcpu.Pc : host.Machine.Backend.PcOf(vcpu.State);

    /// <inheritdoc/>
    public int ReadRegister(int number, Span<byte> destination)
    {
        var source = host.Machine.Guest.Registers[number];
        if (destination.Length < source.Size)
            throw new ArgumentException($"register {source.Name} needs {source.Size} bytes", nameof(destination));
        if (host.Recorded is { } recorded)
            return recorded.ReadRegister(vcpu, number, source, destination);
        return source.ToBytes(source.Offset == VCpuState.PcOffset ? ProgramCounter : source.Read(vcpu.State), destination);
    }

    /// <inheritdoc/>
    public bool TryReadMemory(ulong address, Span<byte> destination) =>
        host.Recorded is { } recorded ? recorded.TryRead(address, destination) : host.Machine.Memory.TryRead(address, destination);

    /// <inheritdoc/>
    public bool TryTranslate(ulong address, out PhysicalAddress physical)
    {
        // What memory there is belongs to one program: addresses of the guest are all there are.
        physical = default;
        return false;
    }

    /// <inheritdoc/>
    public bool TryWriteMemory(ulong address, ReadOnlySpan<byte> source) =>
        host.Recorded is null ? host.Machine.Memory.TryWrite(address, source) : throw RecordedState.Unchangeable("memory");

    /// <inheritdoc/>
    public void WriteRegister(int place, ulong value)
    {
        var register = host.Machine.Guest.Registers[NumberOf(place)];
        if (host.Recorded is not null)
            throw RecordedState.Unchangeable($"register '{register.Name}'");
        if (register.IsReadOnly)
            throw new ArgumentException($"register '{register.Name}' cannot be written");
        if (register.Offset == VCpuState.PcOffset)
            JumpTo(value);
        else
            register.Write(vcpu.State, value);
    }

    /// <inheritdoc/>
    public void JumpTo(ulong address)
    {
        if (host.Recorded is not null)
            throw RecordedState.Unchangeable("the program counter");
        (vcpu.State->Pc, vcpu.State->Jumps) = (address, 1);
    }

    /// <inheritdoc/>
    public void OnCallbackFailed(Plugin plugin, Exception exception)
    {
        vcpu.State->Jumps = 0;
        host.OnPluginFailed(plugin, exception);
    }

    private int NumberOf(int place)
    {
        if (place < 0)
            return ~place;
        foreach (var register in host.Registers)
            if (register.Place == place)
                return register.Number;
        throw new InvalidOperationException("the handle of a register was used that Host.FindRegister did not make");
    }
}
