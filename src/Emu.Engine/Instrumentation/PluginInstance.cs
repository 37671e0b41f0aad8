using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Emu.Engine.Instrumentation.Scoping;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation;

/// <summary>An installed plugin, and what that plugin sees as its <see cref="Host"/>. Mutable state is guarded by the plugin lock of the <see cref="PluginHost"/>.</summary>
public sealed class PluginInstance : Host
{
    private readonly PluginHost _host;
    private readonly PluginDescriptor _descriptor;
    private readonly List<Scoreboard> _boards = [];
    private readonly Dictionary<Type, Plugin> _services = [];
    private readonly IOnTranslate? _translate;
    private GCHandle _handle;

    internal PluginInstance(PluginHost host, PluginDescriptor descriptor, Plugin plugin)
    {
        _host = host;
        _descriptor = descriptor;
        Plugin = plugin;
        Id = new PluginId(Guid.NewGuid());
        Wanted = descriptor.Events;
        _translate = plugin as IOnTranslate;
        _handle = GCHandle.Alloc(plugin);
        Handle = GCHandle.ToIntPtr(_handle);
        plugin.Attach(this);
    }

    /// <inheritdoc/>
    public override PluginId Id { get; }

    /// <summary>The plugin.</summary>
    public Plugin Plugin { get; }

    /// <summary>Its name on the command line.</summary>
    public string Name => _descriptor.Name;

    /// <summary>What describes it.</summary>
    internal PluginDescriptor Descriptor => _descriptor;

    /// <summary>Its options as they were given: <c>name</c> or <c>name=value</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>True if the user allowed it to change the guest.</summary>
    public bool MayChangeGuest { get; init; }

    /// <summary>Which instructions it is shown; null for all.</summary>
    internal Scope? Scope { get; init; }

    /// <summary>When it is told of what it is shown; null for always.</summary>
    internal Window? Window { get; init; }

    /// <summary>True if it was installed only for what it provides to others, with which it goes.</summary>
    public bool IsForOthers { get; init; }

    /// <summary>Where it is in its life.</summary>
    public PluginState State { get; internal set; }

    /// <summary>True once it has thrown: it gets nothing more, not even its exit event.</summary>
    public bool HasFailed { get; internal set; }

    /// <inheritdoc/>
    public override PluginEvents Subscriptions => Wanted;

    /// <summary>The GC handle that translated code knows the plugin by. Valid until all code with its callbacks was discarded.</summary>
    internal nint Handle { get; private set; }

    /// <summary>What it wants to get; it does while it is active.</summary>
    internal PluginEvents Wanted { get; set; }

    /// <summary>Its scoreboards.</summary>
    internal IReadOnlyList<Scoreboard> Boards => _boards;

    /// <summary>Counts the instructions that it is shown, for its traces and its window; null while neither asks for that.</summary>
    internal ScoreboardEntry? InstructionCounter { get; private set; }

    /// <inheritdoc/>
    public override GuestInfo Guest => _host.Guest;

    /// <inheritdoc/>
    public override int VCpuCount => _host.VCpuCount;

    /// <inheritdoc/>
    public override IReadOnlyList<VCpuId> VCpus => _host.VCpus;

    /// <inheritdoc/>
    public override IReadOnlyList<Register> Registers => _host.Registers;

    /// <inheritdoc/>
    public override IReadOnlyList<Module> Modules => _host.Symbols?.Modules ?? [];

    /// <inheritdoc/>
    public override Symbol? SymbolAt(ulong address) => _host.Symbols?.SymbolAt(address);

    /// <inheritdoc/>
    public override IReadOnlyList<SourceFrame> SourceAt(ulong address) => _host.Symbols?.SourceAt(address) ?? [];

    /// <inheritdoc/>
    public override IEnumerable<SourceRange> SourceRangesOf(Module module) => _host.Symbols?.SourceRangesOf(module) ?? [];

    /// <inheritdoc/>
    public override IEnumerable<SourceFunction> SourceFunctionsOf(Module module) => _host.Symbols?.SourceFunctionsOf(module) ?? [];

    /// <inheritdoc/>
    public override Symbol? FindSymbol(string name) => _host.Symbols?.FindSymbol(name);

    /// <inheritdoc/>
    public override void Subscribe(PluginEvents events)
    {
        if ((events & ~_descriptor.Events) is not PluginEvents.None and var missing)
            throw new ArgumentException($"plugin '{Name}' does not implement {missing}", nameof(events));
        _host.Change(this, add: events, remove: PluginEvents.None);
    }

    /// <inheritdoc/>
    public override void Unsubscribe(PluginEvents events) => _host.Change(this, add: PluginEvents.None, remove: events);

    /// <inheritdoc/>
    public override void Uninstall(Action? done = null)
    {
        RefuseWhileInstalling();
        _host.Uninstall(Id, done);
    }

    /// <inheritdoc/>
    public override void Reset(Action? done = null)
    {
        RefuseWhileInstalling();
        _host.Reset(Id, done);
    }

    /// <inheritdoc/>
    public override void Stop(int exitCode, string message = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exitCode);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exitCode, byte.MaxValue);
        RefuseWhileInstalling();
        _host.Stopping(Name, exitCode, message);
    }

    /// <inheritdoc/>
    public override PluginOutput OpenOutput(string path) => _host.Open(this, path);

    /// <inheritdoc/>
    public override IPluginPeer ConnectPeer(string path, TimeSpan patience) => _host.ConnectPeer(path, patience);

    /// <inheritdoc/>
    public override bool TryTakeTimeControl([NotNullWhen(true)] out TimeControl? control)
    {
        control = null;
        return false;
    }

    /// <inheritdoc/>
    public override bool TryAddDevice(string name, ulong address, ulong size, IDevice device) => false;

    /// <inheritdoc/>
    public override void Log(string line) => _host.Log(line);

    internal override object ServiceOf(Type service)
    {
        if (!_descriptor.Needs.Contains(service))
            throw new InvalidOperationException($"plugin '{Name}' does not say that it needs {service.Name}: [Needs<{service.Name}>] on its class does");
        if (_services.TryGetValue(service, out var provider))
            return provider;
        if (State != PluginState.Installing)
            throw new InvalidOperationException($"plugin '{Name}' asks for {service.Name} too late: Install is where to ask first");
        return _services[service] = _host.ProviderOf(service, _descriptor);
    }

    /// <summary>The plugins whose services it has asked for.</summary>
    internal IEnumerable<Plugin> Providers => _services.Values;

    /// <summary>Whether it has asked for a service that a plugin provides.</summary>
    internal bool IsServedBy(PluginDescriptor provider) => Array.Exists(provider.Provides, _services.ContainsKey);

    internal override void Register(Scoreboard board) => _host.Register(this, board);

    internal override void Register(TraceBuffer buffer)
    {
        foreach (var field in buffer.Fields)
            if (field.Value == TraceValue.InstructionCount)
                CountInstructions();
        _host.Register(this, buffer);
    }

    /// <summary>Has the instructions that it is shown counted from now on.</summary>
    internal void CountInstructions() => InstructionCounter ??= NewScoreboard<ulong>().Entry();

    internal void Add(Scoreboard board) => _boards.Add(board);

    /// <summary>Gives back the memory of boards that the plugin disposed; no translated code may refer to them.</summary>
    internal void FreeDisposedBoards() => _boards.RemoveAll(static board =>
    {
        if (board.IsDisposed)
            board.Free();
        return board.IsDisposed;
    });

    /// <summary>Shows a block to the plugin.</summary>
    internal void Translate(TranslationBlock block) => _translate!.OnTranslate(block);

    /// <summary>Frees what translated code could refer to; it must have been discarded.</summary>
    internal void Free()
    {
        foreach (var board in _boards)
            board.Free();
        _boards.Clear();
        Window?.Dispose();
        if (_handle.IsAllocated)
            _handle.Free();
        Handle = 0;
    }

    private void RefuseWhileInstalling()
    {
        if (State == PluginState.Installing)
            throw new InvalidOperationException($"plugin '{Name}' is being installed; it refuses by throwing PluginInstallException");
    }
}
