namespace Emu.Plugins;

/// <summary>
/// An execution callback as a type, so that its body is compiled into the code that calls it. Usually generated from a method with
/// <see cref="ExecCallbackAttribute"/>; a struct nested in the plugin that is written by hand works as well.
/// </summary>
public interface IExecCallback
{
    /// <summary>Called on the vCPU's thread, with no lock held.</summary>
    /// <param name="self">The plugin that asked.</param>
    /// <param name="vcpu">The vCPU, at the instruction: program counter and registers are those that the guest has before it.</param>
    /// <param name="userData">What the plugin gave when it asked.</param>
    static abstract void Invoke(Plugin self, VCpu vcpu, nint userData);
}
