using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>A memory callback as a type; see <see cref="IExecCallback"/>. Usually generated from a method with <see cref="MemoryCallbackAttribute"/>.</summary>
public interface IMemoryCallback
{
    /// <summary>Called on the vCPU's thread after the access, with no lock held.</summary>
    /// <param name="self">The plugin that asked.</param>
    /// <param name="vcpu">The vCPU; its program counter is that of the instruction.</param>
    /// <param name="access">The access that was made.</param>
    /// <param name="userData">What the plugin gave when it asked.</param>
    static abstract void Invoke(Plugin self, in VCpu vcpu, in MemoryAccess access, nint userData);

    /// <summary>
    /// True if the body may be compiled into the handler that calls it; else it is called, which costs about a nanosecond more. Handlers call each other in tail
    /// position, and a body that takes the address of a local (a span, <c>out</c>, <c>ref</c>, an interpolated string) would take that from them. The
    /// generator says true only for bodies that evidently do nothing of the kind.
    /// </summary>
    static virtual bool IsInlined => false;

    /// <summary>What the callback does with the guest's registers. What is not declared is not exact while it runs.</summary>
    static virtual RegisterUse RegisterUse => RegisterUse.None;

    /// <summary>
    /// Tells what the body does, for code that does it without a call. The generator writes it for bodies that are simple enough, and says in a message why others are not.
    /// </summary>
    /// <param name="self">The plugin that asked.</param>
    /// <param name="body">Takes it down.</param>
    /// <param name="userData">What the plugin gave when it asked.</param>
    /// <returns>False if the body cannot be told, and must be called.</returns>
    static virtual bool Lower(Plugin self, CallbackBody body, nint userData) => false;
}
