namespace Emu.Plugins.Hosting;

/// <summary>
/// Receives the callback types of the linked plugins, one call each. A backend implements it to fill its tables, by <see cref="CallbackId{TCallback}.Value"/>, with
/// code that is compiled for each callback; without plugins nothing is bound and nothing compiled.
/// </summary>
public interface ICallbackBinder
{
    /// <summary>Binds an execution callback.</summary>
    /// <param name="native">The same callback for machine code: an unmanaged function of plugin handle, vCPU state and user data. Null if there is none.</param>
    unsafe void BindExec<TCallback>(delegate* unmanaged<nint, nint, nint, void> native)
        where TCallback : struct, IExecCallback;

    /// <summary>Binds a memory callback.</summary>
    /// <param name="native">The same callback for machine code: an unmanaged function of plugin handle, vCPU state, memory record and user data. Null if there is none.</param>
    unsafe void BindMemory<TCallback>(delegate* unmanaged<nint, nint, nint, nint, void> native)
        where TCallback : struct, IMemoryCallback;
}
