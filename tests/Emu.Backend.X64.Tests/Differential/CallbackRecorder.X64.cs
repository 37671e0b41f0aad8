using System.Runtime.InteropServices;
using Emu.Backend.X64;
using Emu.Plugins.Hosting;

namespace Emu.Backend.Tests.Differential;

/// <content>The callbacks of machine code; the generator writes such entries for plugins.</content>
internal static unsafe partial class CallbackRecorder
{
    private static partial void BindAll()
    {
        var binder = default(X64Callbacks);
        binder.BindExec<ExecCallback<First>>(&FirstExec);
        binder.BindExec<ExecCallback<Second>>(&SecondExec);
        binder.BindMemory<MemoryCallback<First>>(&FirstMemory);
        binder.BindMemory<MemoryCallback<Second>>(&SecondMemory);
    }

    [UnmanagedCallersOnly]
    private static void FirstExec(nint plugin, nint state, nint userData) => PluginCalls.ExecFromNative<ExecCallback<First>>(plugin, state, userData);

    [UnmanagedCallersOnly]
    private static void SecondExec(nint plugin, nint state, nint userData) => PluginCalls.ExecFromNative<ExecCallback<Second>>(plugin, state, userData);

    [UnmanagedCallersOnly]
    private static void FirstMemory(nint plugin, nint state, nint record, nint userData) =>
        PluginCalls.MemoryFromNative<MemoryCallback<First>>(plugin, state, record, userData);

    [UnmanagedCallersOnly]
    private static void SecondMemory(nint plugin, nint state, nint record, nint userData) =>
        PluginCalls.MemoryFromNative<MemoryCallback<Second>>(plugin, state, record, userData);
}
