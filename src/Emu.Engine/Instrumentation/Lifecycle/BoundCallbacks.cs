using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Lifecycle;

/// <summary>Collects which callbacks the linked plugins have, so that a request for another one is refused where it is made.</summary>
internal readonly unsafe struct BoundCallbacks(HashSet<int> numbers) : ICallbackBinder
{
    /// <summary>The numbers of the callbacks of a registry.</summary>
    public static HashSet<int> Of<TRegistry>()
        where TRegistry : struct, IPluginRegistry
    {
        var binder = new BoundCallbacks([]);
        TRegistry.BindCallbacks(ref binder);
        return binder.Numbers;
    }

    private HashSet<int> Numbers { get; } = numbers;

    /// <inheritdoc/>
    public void BindExec<TCallback>(delegate* unmanaged<nint, nint, nint, void> native)
        where TCallback : struct, IExecCallback => Numbers.Add(CallbackId<TCallback>.Value);

    /// <inheritdoc/>
    public void BindMemory<TCallback>(delegate* unmanaged<nint, nint, nint, nint, void> native)
        where TCallback : struct, IMemoryCallback => Numbers.Add(CallbackId<TCallback>.Value);
}
