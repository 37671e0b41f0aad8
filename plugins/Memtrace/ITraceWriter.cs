using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Brings the accesses of one vCPU into the file's format. Used by one thread at a time.</summary>
internal interface ITraceWriter
{
    /// <summary>What the file gets for the vCPU's next accesses; good until the next call.</summary>
    ReadOnlySpan<byte> Write(VCpuId vcpu, ReadOnlySpan<Access> accesses);
}
