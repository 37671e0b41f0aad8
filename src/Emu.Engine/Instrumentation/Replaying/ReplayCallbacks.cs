using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Replaying;

/// <summary>Knows how to call each callback of the linked plugins: the registry tells it before a replay.</summary>
public readonly unsafe struct ReplayCallbacks : ICallbackBinder
{
    private static readonly Lock Gate = new();
    private static delegate*<nint, nint, nint, void>[] s_exec = [];
    private static delegate*<nint, nint, MemoryRecord*, nint, void>[] s_memory = [];

    /// <inheritdoc/>
    public void BindExec<TCallback>(delegate* unmanaged<nint, nint, nint, void> native)
        where TCallback : struct, IExecCallback
    {
        using var gate = Gate.EnterScope();
        var number = CallbackId<TCallback>.Value;
        if (number >= s_exec.Length)
        {
            var grown = new delegate*<nint, nint, nint, void>[number + 16];
            for (var i = 0; i < s_exec.Length; i++)
                grown[i] = s_exec[i];
            s_exec = grown;
        }

        s_exec[number] = &PluginCalls.ExecOutOfLine<TCallback>;
    }

    /// <inheritdoc/>
    public void BindMemory<TCallback>(delegate* unmanaged<nint, nint, nint, nint, void> native)
        where TCallback : struct, IMemoryCallback
    {
        using var gate = Gate.EnterScope();
        var number = CallbackId<TCallback>.Value;
        if (number >= s_memory.Length)
        {
            var grown = new delegate*<nint, nint, MemoryRecord*, nint, void>[number + 16];
            for (var i = 0; i < s_memory.Length; i++)
                grown[i] = s_memory[i];
            s_memory = grown;
        }

        s_memory[number] = &PluginCalls.MemoryOutOfLine<TCallback>;
    }

    /// <summary>Calls an execution callback by its number. What it throws comes through.</summary>
    internal static void Exec(int callback, nint plugin, nint state, nint userData) => s_exec[callback](plugin, state, userData);

    /// <summary>Calls a memory callback, or that of an edge, by its number. What it throws comes through.</summary>
    internal static void Memory(int callback, nint plugin, nint state, MemoryRecord* record, nint userData) => s_memory[callback](plugin, state, record, userData);
}
