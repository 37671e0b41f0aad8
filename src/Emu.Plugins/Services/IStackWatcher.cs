namespace Emu.Plugins;

/// <summary>
/// Told of the functions that are entered and left on each vCPU, in their order, some time after it happened: many at once, mostly on the vCPU's thread, else with it stopped. Those of
/// different vCPUs come at the same time. What it throws disables the plugin that provides the service.
/// </summary>
public interface IStackWatcher
{
    /// <summary>A frame has been put on top of the stack.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="frame">The frame. Gone when this returns.</param>
    /// <param name="instructions">How many instructions the vCPU had begun, the call included.</param>
    void OnEnter(VCpuId vcpu, in StackFrame frame, ulong instructions);

    /// <summary>The topmost frame has been left. Of a vCPU that ends all are, from the top down, the one that it began with last.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="frame">The frame. Gone when this returns.</param>
    /// <param name="instructions">How many instructions the vCPU had begun, the return included.</param>
    void OnLeave(VCpuId vcpu, in StackFrame frame, ulong instructions);
}
