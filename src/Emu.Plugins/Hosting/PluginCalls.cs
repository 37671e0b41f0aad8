using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Emu.Plugins.Hosting;

/// <summary>
/// The calls from translated code into a plugin: a backend instantiates them with the callbacks that are bound. All pointers are the
/// engine's own: the plugin's GC handle, the vCPU's state block, the record in it.
/// </summary>
public static unsafe class PluginCalls
{
    /// <summary>Calls an execution callback, as part of the caller where the callback is <see cref="IExecCallback.IsInlined"/>. What the callback throws comes through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exec<TCallback>(nint plugin, nint state, nint userData)
        where TCallback : struct, IExecCallback =>
        TCallback.Invoke(PluginOf(plugin), in VCpu.At(state), userData);

    /// <summary>Calls a memory callback, as part of the caller where the callback is <see cref="IMemoryCallback.IsInlined"/>. What the callback throws comes through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Memory<TCallback>(nint plugin, nint state, MemoryRecord* record, nint userData)
        where TCallback : struct, IMemoryCallback =>
        TCallback.Invoke(PluginOf(plugin), in VCpu.At(state), in MemoryAccess.At(record), userData);

    /// <summary>As <see cref="Exec"/>, in a frame of its own whatever the callback: the caller stays free of its locals.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ExecOutOfLine<TCallback>(nint plugin, nint state, nint userData)
        where TCallback : struct, IExecCallback =>
        Exec<TCallback>(plugin, state, userData);

    /// <summary>As <see cref="Memory"/>, in a frame of its own whatever the callback: the caller stays free of its locals.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void MemoryOutOfLine<TCallback>(nint plugin, nint state, MemoryRecord* record, nint userData)
        where TCallback : struct, IMemoryCallback =>
        Memory<TCallback>(plugin, state, record, userData);

    /// <summary>Calls an execution callback from machine code, where nothing may be thrown: a failure is handed to the engine.</summary>
    public static void ExecFromNative<TCallback>(nint plugin, nint state, nint userData)
        where TCallback : struct, IExecCallback
    {
        try
        {
            Exec<TCallback>(plugin, state, userData);
        }
        catch (Exception exception)
        {
            VCpu.At(state).Access.OnCallbackFailed(PluginOf(plugin), exception);
        }
    }

    /// <summary>Calls a memory callback from machine code, where nothing may be thrown: a failure is handed to the engine.</summary>
    public static void MemoryFromNative<TCallback>(nint plugin, nint state, nint record, nint userData)
        where TCallback : struct, IMemoryCallback
    {
        try
        {
            Memory<TCallback>(plugin, state, (MemoryRecord*)record, userData);
        }
        catch (Exception exception)
        {
            VCpu.At(state).Access.OnCallbackFailed(PluginOf(plugin), exception);
        }
    }

    // A GC handle is the address of the reference; GCHandle.Target adds checks that cost as much as many a callback.
    private static Plugin PluginOf(nint handle) => Unsafe.AsRef<Plugin>((void*)handle);
}
