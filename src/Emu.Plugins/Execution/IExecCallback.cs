using Emu.Plugins.Hosting;

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
    static abstract void Invoke(Plugin self, in VCpu vcpu, nint userData);

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
