using System.Globalization;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Handlers as text, for <c>-d out</c>: their micro-ops, the way out they are, or their address.</summary>
internal sealed unsafe class HandlerNames
{
    private readonly Dictionary<nint, string> _names = new()
    {
        [(nint)(Handler)(&Leave.Unlinked)] = "exit",
        [(nint)(Handler)(&Leave.Missed)] = "exit on miss",
        [(nint)(Handler)(&Leave.Syscall)] = "syscall",
        [(nint)(Handler)(&Leave.Trap)] = "trap",
        [(nint)(Handler)(&Leave.Exit)] = "leave",
        [(nint)(Handler)(&Leave.NeverEntered)] = "operands",
    };

    /// <summary>The names of all handlers in the table.</summary>
    public static HandlerNames From<TMemory>(HandlerTable<TMemory> table)
        where TMemory : struct, IMemoryPath
    {
        var names = new HandlerNames();
        foreach (var (key, handler) in table.Singles())
            names._names.TryAdd(handler, key.ToString());
        foreach (var (first, second, handler) in table.Pairs())
            names._names.TryAdd(handler, $"{first} + {second}");
        foreach (var (access, length, handler) in table.Runs())
            names._names.TryAdd(handler, $"{length} times {access}");
        foreach (var (first, second, handler) in table.InstrumentedPairs())
            names._names.TryAdd(handler, $"{first} + {second}");
        return names;
    }

    /// <summary>The name of the handler at that address.</summary>
    public string Of(nint handler) =>
        _names.TryGetValue(handler, out var name) ? name : string.Create(CultureInfo.InvariantCulture, $"0x{handler:x}");
}
