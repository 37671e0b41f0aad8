namespace Emu.Plugins;

/// <summary>A program, its interpreter or a library was loaded.</summary>
public interface IOnModuleLoad
{
    /// <summary>
    /// Called once for each file and place, on the thread of the vCPU that maps the first of its code, before any of that runs; the other segments may come later. The program and its
    /// interpreter are told before the first instruction.
    /// </summary>
    void OnModuleLoad(in VCpu vcpu, Module module);
}
