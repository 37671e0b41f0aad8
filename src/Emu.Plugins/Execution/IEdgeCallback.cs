using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>An edge callback as a type; see <see cref="IExecCallback"/>. Usually generated from a method with <see cref="EdgeCallbackAttribute"/>.</summary>
public interface IEdgeCallback
{
    /// <summary>Called on the vCPU's thread when the instruction has completed, before the program goes on, with no lock held.</summary>
    /// <param name="self">The plugin that asked.</param>
    /// <param name="vcpu">The vCPU; its program counter is that of the instruction.</param>
    /// <param name="edge">Where the program goes.</param>
    /// <param name="userData">What the plugin gave when it asked.</param>
    static abstract void Invoke(Plugin self, in VCpu vcpu, in Edge edge, nint userData);

    /// <summary>As <see cref="IMemoryCallback.IsInlined"/>.</summary>
    static virtual bool IsInlined => false;

    /// <summary>What the callback does with the guest's registers. What is not declared is not exact while it runs.</summary>
    static virtual RegisterUse RegisterUse => RegisterUse.None;

    /// <summary>As <see cref="IMemoryCallback.Lower"/>: the edge is told as an access whose address is the target, whose value is the stack pointer, and which is a store if it is taken.</summary>
    static virtual bool Lower(Plugin self, CallbackBody body, nint userData) => false;
}
