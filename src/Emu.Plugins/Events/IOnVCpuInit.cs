namespace Emu.Plugins;

/// <summary>A vCPU starts.</summary>
public interface IOnVCpuInit
{
    /// <summary>Called once for each vCPU, on its thread, before its first instruction: of a program, when a thread of it starts. Its scoreboard entries are ready and zero.</summary>
    void OnVCpuInit(in VCpu vcpu);
}
