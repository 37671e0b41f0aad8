using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Backend.X64;

/// <summary>Collects the unmanaged functions of the linked plugins' callbacks: the registry calls it once at start-up.</summary>
public readonly unsafe struct X64Callbacks : ICallbackBinder
{
    private static nint[] s_functions = [];

    /// <inheritdoc/>
    public void BindExec<TCallback>(delegate* unmanaged<nint, nint, nint, void> native)
        where TCallback : struct, IExecCallback => Add(CallbackId<TCallback>.Value, (nint)native);

    /// <inheritdoc/>
    public void BindMemory<TCallback>(delegate* unmanaged<nint, nint, nint, nint, void> native)
        where TCallback : struct, IMemoryCallback => Add(CallbackId<TCallback>.Value, (nint)native);

    /// <summary>The function of a bound callback.</summary>
    internal static nint FunctionOf(int callback) =>
        callback < s_functions.Length && s_functions[callback] != 0
            ? s_functions[callback]
            : throw new InvalidOperationException($"callback {callback} was not bound to the x64 backend: its plugin is not in the registry");

    private static void Add(int callback, nint function)
    {
        if (callback >= s_functions.Length)
            Array.Resize(ref s_functions, callback + 16);
        s_functions[callback] = function;
    }
}
