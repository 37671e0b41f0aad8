using Emu.Engine.Instrumentation.Scoping;
using Emu.Engine.Instrumentation.Traces;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>
/// What plugins asked for in the block that is being translated, in the order in which they asked, to be found by the point that it is for. Reused
/// from block to block: in the steady state nothing is allocated.
/// </summary>
internal sealed unsafe class HookList(PluginHost host)
{
    private const int None = -1;

    private Pending[] _pending = new Pending[32];
    private int[] _first = new int[65];
    private int[] _last = new int[65];
    private PluginInstance _plugin = null!;
    private int _pluginStart;
    private Window? _window;

    /// <summary>How many hooks there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets the last block's.</summary>
    public void Clear() => Count = _pluginStart = 0;

    /// <summary>What follows comes from that plugin.</summary>
    public void BeginPlugin(PluginInstance plugin)
    {
        _plugin = plugin;
        _pluginStart = Count;
        _window = null;
    }

    /// <summary>What follows is done only while the current plugin's window is open.</summary>
    public void BeginWindow() => _window = _plugin.Window;

    /// <summary>Has a word set before an instruction.</summary>
    /// <param name="place">The instruction.</param>
    /// <param name="word">Host address, for all vCPUs.</param>
    /// <param name="value">What it becomes.</param>
    public void AddMark(int place, nint word, ulong value) =>
        Append(new Pending { Hook = new IrHook { Callback = -1, Entry = word, Immediate = value, Owner = _plugin.Name }, Point = place, IsEntry = true, Kind = HookKind.Store });

    /// <summary>Forgets what the current plugin asked for.</summary>
    public void DropPlugin() => Count = _pluginStart;

    /// <summary>Notes a request of the current plugin.</summary>
    /// <param name="request">What it asked for, at a point of what it is shown.</param>
    /// <param name="point">Where that is in the block.</param>
    /// <param name="isEntry">It is for the entry of what the plugin is shown.</param>
    /// <exception cref="InvalidOperationException">The callback is none of the linked plugins'.</exception>
    /// <exception cref="InvalidOperationException">The callback changes the guest, and the user did not allow that.</exception>
    /// <exception cref="ObjectDisposedException">The scoreboard was disposed, or the trace's plugin uninstalled.</exception>
    public void Add(in HookRequest request, int point, bool isEntry)
    {
        if (IsEmpty(request))
            return;
        if (request.Callback >= 0 && !host.IsBound(request.Callback))
            throw new InvalidOperationException("a callback struct must be nested in its plugin's class, so that it is bound");
        if (request.RegisterUse == RegisterUse.Write && !_plugin.MayChangeGuest)
            throw new InvalidOperationException($"the callback changes the guest, which must be allowed: -p {_plugin.Name},allow=write");
        Append(new Pending
        {
            Hook = HookOf(request),
            Lower = request.Lower,
            Point = point,
            IsEntry = isEntry,
            Kind = request.Kind,
            IsAfter = request.IsAfter,
            Accesses = request.Accesses,
            Edges = request.Edges,
            Window = _window,
            Counter = _window is null ? null : _plugin.InstructionCounter,
        });
    }

    private void Append(in Pending pending)
    {
        if (Count == _pending.Length)
            Array.Resize(ref _pending, Count * 2);
        _pending[Count++] = pending;
    }

    /// <summary>Sorts the hooks by point, for a block of that many instructions; at one point they stay in order, those of entries before the others.</summary>
    public void Sort(int instructionCount)
    {
        if (_first.Length <= instructionCount)
            (_first, _last) = (new int[instructionCount * 2], new int[instructionCount * 2]);
        _first.AsSpan(0, instructionCount + 1).Fill(None);
        Chain(areEntries: true);
        Chain(areEntries: false);
    }

    private void Chain(bool areEntries)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_pending[i].IsEntry != areEntries)
                continue;
            var point = _pending[i].Point - HookRequest.Block;
            _pending[i].Next = None;
            if (_first[point] == None)
                _first[point] = i;
            else
                _pending[_last[point]].Next = i;
            _last[point] = i;
        }
    }

    /// <summary>The first hook of a point, after <see cref="Sort"/>; -1 if there is none.</summary>
    public int FirstAt(int point) => _first[point - HookRequest.Block];

    /// <summary>The next hook of the same point; -1 if there is none.</summary>
    public int NextOf(int hook) => _pending[hook].Next;

    /// <summary>A hook by its number.</summary>
    public ref readonly Pending this[int hook] => ref _pending[hook];

    private static bool IsEmpty(in HookRequest request) => request.Kind switch
    {
        HookKind.Exec => request.Condition == Condition.Never,
        HookKind.Memory or HookKind.MemoryAdd or HookKind.MemoryStore or HookKind.MemoryAppend => (request.Accesses & AccessKind.ReadWrite) == 0 && (request.Edges & EdgeKind.Both) == 0,
        _ => false,
    };

    private IrHook HookOf(in HookRequest request)
    {
        var hook = new IrHook
        {
            Callback = request.Callback,
            Plugin = _plugin.Handle,
            UserData = request.UserData,
            Globals = request.RegisterUse switch { RegisterUse.None => IrGlobalUse.None, RegisterUse.Read => IrGlobalUse.Read, _ => IrGlobalUse.Write },
            Condition = ConditionOf(request),
            Immediate = request.Immediate,
            Owner = _plugin.Name,
        };
        if (request.Trace is { } trace)
            Describe(TraceStream.Of(trace), ref hook);
        else if (request.Callback < 0 || hook.Condition != IrHookCondition.Always)
            (hook.Entry, hook.Stride) = (AddressOf(request.Entry), request.Entry.Board.Stride);
        return hook;
    }

    private static void Describe(TraceStream stream, ref IrHook hook)
    {
        hook.Trace = stream.Layout;
        if (stream.Layout.TryFind(IrTraceValue.InstructionCount, out _) && stream.Owner.InstructionCounter is { } counter)
            (hook.Entry, hook.Stride) = (AddressOf(counter), counter.Board.Stride);
    }

    /// <summary>Host address of vCPU 0's entry.</summary>
    /// <exception cref="ObjectDisposedException">The scoreboard was disposed.</exception>
    public static nint AddressOf(ScoreboardEntry entry)
    {
        ObjectDisposedException.ThrowIf(entry.Board.IsDisposed, entry.Board);
        return entry.Board.Base + entry.Offset;
    }

    private static IrHookCondition ConditionOf(in HookRequest request) => request.Kind != HookKind.Exec ? IrHookCondition.Always : request.Condition switch
    {
        Condition.Always => IrHookCondition.Always,
        Condition.Equal => IrHookCondition.Equal,
        Condition.NotEqual => IrHookCondition.NotEqual,
        Condition.Less => IrHookCondition.Less,
        Condition.LessOrEqual => IrHookCondition.LessOrEqual,
        Condition.Greater => IrHookCondition.Greater,
        Condition.GreaterOrEqual => IrHookCondition.GreaterOrEqual,
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Condition, "unknown condition"),
    };

    /// <summary>A hook and where it belongs.</summary>
    internal struct Pending
    {
        /// <summary>What the IR gets.</summary>
        public IrHook Hook;

        /// <summary>For callbacks: tells the body, or says that it must be called.</summary>
        public delegate*<Plugin, CallbackBody, nint, bool> Lower;

        /// <summary>The instruction's number or <see cref="HookRequest.Block"/>.</summary>
        public int Point;

        /// <summary>It comes before what others want there, since it is for the entry of what its plugin is shown.</summary>
        public bool IsEntry;

        /// <summary>What to do there.</summary>
        public HookKind Kind;

        /// <summary>After the instruction has completed, not before it.</summary>
        public bool IsAfter;

        /// <summary>True for what is done at the execution of an instruction, not at its accesses or edges.</summary>
        public readonly bool IsAtExecution => Kind is HookKind.Exec or HookKind.Add or HookKind.Store or HookKind.Append;

        /// <summary>For memory hooks: at which accesses.</summary>
        public AccessKind Accesses;

        /// <summary>For hooks of edges: which.</summary>
        public EdgeKind Edges;

        /// <summary>When it is done; null for always.</summary>
        public Window? Window;

        /// <summary>With a window: counts the instructions that its plugin is shown.</summary>
        public ScoreboardEntry? Counter;

        /// <summary>The next hook of the same point.</summary>
        public int Next;
    }
}
