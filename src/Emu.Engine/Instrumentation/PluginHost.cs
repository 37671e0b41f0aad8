using System.Runtime.InteropServices;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Lifecycle;
using Emu.Engine.Instrumentation.Replaying;
using Emu.Engine.Instrumentation.Scoping;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Engine.Instrumentation;

/// <summary>
/// The plugins of one machine: installs them, tells them what happens, and takes them away again while vCPUs run. Members are thread-safe.
/// </summary>
/// <remarks>
/// Changing anything takes the plugin lock, which is recursive and is never held while a plugin is called or code is flushed. Calling takes no lock. Lock order:
/// exclusive section, then plugin lock. This part does not know which plugins are linked; <see cref="PluginHost{TRegistry}"/> does.
/// </remarks>
public abstract partial class PluginHost
{
    private readonly Lock _gate = new();
    private readonly Lock _logGate = new();
    private readonly Action<string> _log;
    private readonly HashSet<int> _bound;
    private readonly ExclusiveQueue _queue;
    private readonly Lazy<IReadOnlyList<Register>> _registers;
    private volatile PluginInstance[] _plugins = [];
    private volatile Subscribers _subscribers = new([], PluginEvents.None);

    private protected PluginHost(Machine machine, in GuestInfo guest, HashSet<int> bound, Action<string> log)
    {
        Machine = machine;
        Guest = guest with { TargetName = machine.Guest.Name, InstructionClasses = machine.Guest.Classes };
        _bound = bound;
        _log = log;
        _queue = new ExclusiveQueue(machine);
        _registers = new(() => machine.Guest.Registers.AsValueEnumerable().Select((register, number) => Describe(register, number)).ToArray());
        machine.CodeFlushed = OnFlushed;
        machine.PluginFailed = (handle, exception) => OnPluginFailed((Plugin)GCHandle.FromIntPtr(handle).Target!, exception);
    }

    /// <summary>The machine whose guest is watched.</summary>
    public Machine Machine { get; }

    /// <summary>What plugins are told when they are installed.</summary>
    public GuestInfo Guest { get; }

    /// <summary>Where the names of functions come from, once the guest's files are loaded.</summary>
    public ISymbolSource? Symbols { get; set; }

    /// <summary>Where what plugins ask a vCPU for comes from if a recording is replayed; null if a guest runs. Set before the first plugin is installed.</summary>
    public RecordedState? Recorded { get; init; }

    /// <summary>The installed plugins, in the order in which they were given: a snapshot.</summary>
    public IReadOnlyList<PluginInstance> Plugins => _plugins;

    /// <summary>Those of them that the user asked for: neither what counts for the emulator's own figures nor what serves others.</summary>
    public IReadOnlyList<PluginInstance> Watching => Array.FindAll(_plugins, static plugin => plugin is { Plugin: not InstructionCount, IsForOthers: false });

    /// <summary>The guest's registers as plugins see them.</summary>
    internal IReadOnlyList<Register> Registers => _registers.Value;

    /// <summary>The event classes that somebody listens to now.</summary>
    public EventMask Mask => _subscribers.Mask;

    /// <summary>Installs a plugin after those that are there, and before it those whose services it asks for. Not from inside a callback.</summary>
    /// <exception cref="PluginOptionException">An option has a bad value.</exception>
    /// <exception cref="PluginInstallException">The plugin refused, or failed; nothing of it is left. The message names it.</exception>
    public PluginInstance Install(PluginDescriptor descriptor, OptionValues options) => Install(descriptor, options, isForOthers: false);

    private PluginInstance Install(PluginDescriptor descriptor, OptionValues options, bool isForOthers)
    {
        if (descriptor.ChangesGuest && !options.AllowsWrite)
            throw new PluginInstallException($"plugin '{descriptor.Name}' changes registers and memory of the guest, which must be allowed: -p {descriptor.Name},allow=write");
        var (scope, window) = (Scope.Of(descriptor, options, Machine.Guest), Window.Of(descriptor, options));
        var instance = new PluginInstance(this, descriptor, descriptor.Create(options)) { Options = [.. options.Texts], MayChangeGuest = options.AllowsWrite, Scope = scope, Window = window, IsForOthers = isForOthers };
        try
        {
            instance.Plugin.Install(Guest);
            Open(instance);
        }
        catch (Exception exception)
        {
            Discard(instance);
            UninstallUnused();
            var reason = exception is PluginInstallException ? exception.Message : Describe(exception);
            throw new PluginInstallException($"plugin '{descriptor.Name}': {reason}");
        }

        bool mustFlush;
        lock (_gate)
        {
            instance.State = PluginState.Active;
            _plugins = [.. _plugins, instance];
            mustFlush = Publish();
        }

        if (mustFlush)
            QueueFlush();
        return instance;
    }

    /// <summary>Writes a line to the log.</summary>
    public void Log(string line)
    {
        lock (_logGate)
            _log(line);
    }

    /// <summary>
    /// Sends on what the log keeps back, so that it stands before what the guest is about to show to others. Before each system call, and before the host process forks, inside the
    /// exclusive section: a child would send the same lines again.
    /// </summary>
    public void FlushLog()
    {
        FlushLoggedOutputs();
        LogFlushed?.Invoke();
    }

    /// <summary>What <see cref="FlushLog"/> does, or null where the log keeps nothing back. Set before the first vCPU runs.</summary>
    public Action? LogFlushed { get; init; }

    /// <summary>
    /// Ends the guest for a plugin, by its name, with an exit code and a message that may be empty. Called from anywhere, inside translated code too, so it must not wait for a vCPU. Set
    /// before the first vCPU runs.
    /// </summary>
    public Action<string, int, string> Stopping { get; init; } = static (_, _, _) => throw new NotSupportedException("nobody here can end the guest");

    /// <summary>Who listens to one event, in order.</summary>
    internal PluginInstance[] Subscribers(PluginEvents single) => _subscribers.Of(single);

    /// <summary>True if somebody listens to one of the events.</summary>
    private protected bool HasSubscribers(PluginEvents events) => (_subscribers.Events & events) != 0;

    /// <summary>True if the callback with that number belongs to a linked plugin, so that the backend knows it.</summary>
    internal bool IsBound(int callback) => _bound.Contains(callback);

    /// <summary>Runs the vCPU while its mask stays what it is, in the copy of the engine that was compiled for it.</summary>
    internal abstract void RunInMask(VCpuLoop loop, EventMask mask);

    // The program counter is exact in the state block only outside of translated code. A recording has no registers, and says so where one is read.
    private Register Describe(GuestRegister register, int number) =>
        new(register.Name, register.Size, register.Feature, number) { Place = Recorded is null && register.IsStored && register.Offset != VCpuState.PcOffset ? register.Offset : ~number };

    private static string Describe(Exception exception) => $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";

    // Nothing was translated for a plugin whose Install did not return, so nothing refers to it.
    private void Discard(PluginInstance instance)
    {
        Close(instance);
        lock (_gate)
        {
            instance.State = PluginState.Uninstalled;
            instance.Free();
        }
    }
}
