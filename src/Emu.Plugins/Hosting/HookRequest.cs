namespace Emu.Plugins.Hosting;

/// <summary>One thing that a plugin asked for at one point of a block: a flat value, so that asking allocates nothing.</summary>
internal readonly unsafe struct HookRequest
{
    /// <summary>The point at the block's entry, before its first instruction.</summary>
    public const int Block = -1;

    /// <summary>The instruction's number, or <see cref="Block"/>.</summary>
    public int Point { get; private init; }

    /// <summary>What is asked for.</summary>
    public HookKind Kind { get; private init; }

    /// <summary>For execution callbacks and inline operations: after the instruction, not before it.</summary>
    public bool IsAfter { get; private init; }

    /// <summary>For memory requests: which accesses.</summary>
    public AccessKind Accesses { get; private init; }

    /// <summary>For requests at edges: which. They are kinds of memory requests, for no accesses.</summary>
    public EdgeKind Edges { get; private init; }

    /// <summary>For execution callbacks: when.</summary>
    public Condition Condition { get; private init; }

    /// <summary>For callbacks: <see cref="CallbackId{TCallback}.Value"/>; else -1.</summary>
    public int Callback { get; private init; }

    /// <summary>For callbacks: tells the body, or says that it must be called.</summary>
    public delegate*<Plugin, CallbackBody, nint, bool> Lower { get; private init; }

    /// <summary>For callbacks: what it does with the guest's registers.</summary>
    public RegisterUse RegisterUse { get; private init; }

    /// <summary>For callbacks: handed over unchanged. For records: what <see cref="TraceValue.UserData"/> is.</summary>
    public nint UserData { get; private init; }

    /// <summary>For conditions and inline operations: the entry.</summary>
    public ScoreboardEntry Entry { get; private init; }

    /// <summary>What the entry is compared with, what is added or stored.</summary>
    public ulong Immediate { get; private init; }

    /// <summary>For records: the trace.</summary>
    public TraceBuffer? Trace { get; private init; }

    /// <summary>The same after the instruction.</summary>
    public HookRequest After() => this with { IsAfter = true };

    public static HookRequest Exec<TCallback>(int point, nint userData)
        where TCallback : struct, IExecCallback =>
        new() { Point = point, Kind = HookKind.Exec, Condition = Condition.Always, Callback = CallbackId<TCallback>.Value, Lower = &LowerExec<TCallback>, RegisterUse = TCallback.RegisterUse, UserData = userData };

    public static HookRequest ExecIf<TCallback>(int point, Condition condition, ScoreboardEntry entry, ulong immediate, nint userData)
        where TCallback : struct, IExecCallback =>
        new() { Point = point, Kind = HookKind.Exec, Condition = condition, Callback = CallbackId<TCallback>.Value, Lower = &LowerExec<TCallback>, RegisterUse = TCallback.RegisterUse, UserData = userData, Entry = entry, Immediate = immediate };

    public static HookRequest Add(int point, ScoreboardEntry entry, ulong amount) => Inline(point, HookKind.Add, AccessKind.None, entry, amount);

    public static HookRequest Store(int point, ScoreboardEntry entry, ulong value) => Inline(point, HookKind.Store, AccessKind.None, entry, value);

    public static HookRequest Memory<TCallback>(int point, AccessKind accesses, nint userData)
        where TCallback : struct, IMemoryCallback =>
        new() { Point = point, Kind = HookKind.Memory, Accesses = accesses, Callback = CallbackId<TCallback>.Value, Lower = &LowerMemory<TCallback>, RegisterUse = TCallback.RegisterUse, UserData = userData };

    public static HookRequest MemoryAdd(int point, AccessKind accesses, ScoreboardEntry entry, ulong amount) => Inline(point, HookKind.MemoryAdd, accesses, entry, amount);

    public static HookRequest MemoryStore(int point, AccessKind accesses, ScoreboardEntry entry, ulong value) => Inline(point, HookKind.MemoryStore, accesses, entry, value);

    public static HookRequest Append(int point, TraceBuffer trace, nint userData) =>
        new() { Point = point, Kind = HookKind.Append, Callback = -1, Trace = trace, UserData = userData };

    public static HookRequest MemoryAppend(int point, AccessKind accesses, TraceBuffer trace, nint userData) =>
        new() { Point = point, Kind = HookKind.MemoryAppend, Accesses = accesses, Callback = -1, Trace = trace, UserData = userData };

    public static HookRequest Edge<TCallback>(int point, EdgeKind edges, nint userData)
        where TCallback : struct, IEdgeCallback => Memory<EdgeAccess<TCallback>>(point, AccessKind.None, userData).At(edges);

    public static HookRequest EdgeAdd(int point, EdgeKind edges, ScoreboardEntry entry, ulong amount) => MemoryAdd(point, AccessKind.None, entry, amount).At(edges);

    public static HookRequest EdgeStore(int point, EdgeKind edges, ScoreboardEntry entry, ulong value) => MemoryStore(point, AccessKind.None, entry, value).At(edges);

    public static HookRequest EdgeAppend(int point, EdgeKind edges, TraceBuffer trace, nint userData) => MemoryAppend(point, AccessKind.None, trace, userData).At(edges);

    private HookRequest At(EdgeKind edges) => this with { Edges = edges, IsAfter = true };

    private static HookRequest Inline(int point, HookKind kind, AccessKind accesses, ScoreboardEntry entry, ulong immediate) =>
        new() { Point = point, Kind = kind, Accesses = accesses, Callback = -1, Entry = entry, Immediate = immediate };

    private static bool LowerExec<TCallback>(Plugin self, CallbackBody body, nint userData)
        where TCallback : struct, IExecCallback => TCallback.Lower(self, body, userData);

    private static bool LowerMemory<TCallback>(Plugin self, CallbackBody body, nint userData)
        where TCallback : struct, IMemoryCallback => TCallback.Lower(self, body, userData);
}
