using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Backend.Threaded;

/// <summary>
/// Makes a handler for each callback of the linked plugins: the registry calls it once at start-up, and the visits are where the compiler learns
/// which handlers to make. Without plugins there are none.
/// </summary>
public readonly unsafe struct ThreadedCallbacks : ICallbackBinder
{
    private static readonly HashSet<nint> Callers = [];
    private static nint[] s_handlers = [];

    /// <inheritdoc/>
    public void BindExec<TCallback>(delegate* unmanaged<nint, nint, nint, void> native)
        where TCallback : struct, IExecCallback
    {
        HandlerTable<FlatMemory>.Instance.AddCounters();
        if (TCallback.RegisterUse == RegisterUse.Write)
        {
            Add(CallbackId<TCallback>.Value, &ChangingExec<TCallback>.RawCalliHelper.Run);
            return;
        }

        Add(CallbackId<TCallback>.Value, TCallback.IsInlined ? &Exec<TCallback>.RawCalliHelper.Run : &CalledExec<TCallback>.RawCalliHelper.Run);
        if (TCallback.IsInlined)
            HandlerTable<FlatMemory>.Instance.AddCallback<TCallback>();
    }

    /// <inheritdoc/>
    public void BindMemory<TCallback>(delegate* unmanaged<nint, nint, nint, nint, void> native)
        where TCallback : struct, IMemoryCallback
    {
        if (TCallback.RegisterUse == RegisterUse.Write)
            Add(CallbackId<TCallback>.Value, &ChangingMem<TCallback>.RawCalliHelper.Run);
        else
            Add(CallbackId<TCallback>.Value, TCallback.IsInlined ? &Mem<TCallback>.RawCalliHelper.Run : &CalledMem<TCallback>.RawCalliHelper.Run);
        HandlerTable<FlatMemory>.Instance.AddCounters();
    }

    /// <summary>The handler of a bound callback.</summary>
    internal static nint HandlerOf(int callback) =>
        callback < s_handlers.Length && s_handlers[callback] != 0
            ? s_handlers[callback]
            : throw new InvalidOperationException($"callback {callback} was not bound to the threaded backend: its plugin is not in the registry");

    /// <summary>True if the op calls a plugin.</summary>
    internal static bool IsCallback(Op* op) => op is not null && (Callers.Contains((nint)op->Run) || HandlerTable<FlatMemory>.Instance.BeginsWithCallback((nint)op->Run));

    private static void Add(int callback, Handler handler)
    {
        if (callback >= s_handlers.Length)
            Array.Resize(ref s_handlers, callback + 16);
        s_handlers[callback] = (nint)handler;
        Callers.Add((nint)handler);
    }
}
