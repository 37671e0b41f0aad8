namespace Emu.Plugins;

/// <summary>
/// The service that knows which functions have been called on each vCPU and not been left, whatever the guest does with its stack: <c>longjmp</c>, exceptions, coroutines' returns of
/// several frames at once, tail calls and signals. Plugin <c>shadowstack</c> provides it.
/// </summary>
/// <remarks>
/// A function is left when the program returns to behind its call, and also when the stack pointer has risen above where it was at the function's entry, which is noticed at the next
/// call or return. A jump to the beginning of another function is a tail call: that one takes the place of the one that jumps. A signal's handler stands on what it has interrupted.
/// Calls and returns are told apart as processors' return predictors do it, by the instruction set's convention; see <see cref="ControlFlow"/>.
/// </remarks>
public interface IShadowStack
{
    /// <summary>Has a watcher told of what happens on all vCPUs from now on, and first of the frames that there are on them. In <see cref="Plugin.Install"/>; it ends with <see cref="Unwatch"/>, and with the plugin that asked for the service, if that is the watcher.</summary>
    void Watch(IStackWatcher watcher);

    /// <summary>Ends what <see cref="Watch"/> has begun; does nothing if that has ended. With no vCPU in translated code, as in the <c>done</c> of <see cref="Host.Uninstall"/>.</summary>
    void Unwatch(IStackWatcher watcher);

    /// <summary>The frames of a vCPU, the outermost first; at least one. Watchers are told of all that led there before this returns.</summary>
    /// <param name="vcpu">The vCPU that the callback or event comes from, on its thread. In a callback at a call or return, that one has not happened yet.</param>
    /// <returns>Valid until the callback or event returns.</returns>
    ReadOnlySpan<StackFrame> FramesOf(in VCpu vcpu);

    /// <summary>How many instructions the vCPU has begun.</summary>
    /// <param name="vcpu">A vCPU; the number is exact on its thread, and while it is stopped.</param>
    ulong InstructionsOf(VCpuId vcpu);
}
