using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Emu.Plugins;

/// <summary>
/// The engine, as one plugin sees it. All members may be called from any thread and inside callbacks; what they change takes one lock, so they
/// belong in events that are rare, not in execution callbacks.
/// </summary>
public abstract class Host
{
    /// <summary>The plugin's id, for tools that speak to the engine about it.</summary>
    public abstract PluginId Id { get; }

    /// <summary>The guest that <see cref="Plugin.Install"/> was told about.</summary>
    public abstract GuestInfo Guest { get; }

    /// <summary>How many vCPU indices have been in use so far; indices are below it. Never decreases.</summary>
    public abstract int VCpuCount { get; }

    /// <summary>The vCPUs that are alive now, each once, in the order in which they started: a snapshot.</summary>
    public abstract IReadOnlyList<VCpuId> VCpus { get; }

    /// <summary>All registers that a vCPU has, in the order that debuggers use: integer registers, program counter, floating point, control and status registers.</summary>
    public abstract IReadOnlyList<Register> Registers { get; }

    /// <summary>Finds a register by its name.</summary>
    /// <exception cref="ArgumentException">The guest has no such register.</exception>
    public Register FindRegister(string name)
    {
        foreach (var register in Registers)
            if (register.Name == name)
                return register;
        throw new ArgumentException($"the guest has no register '{name}'", nameof(name));
    }

    /// <summary>Finds a register by its name and makes a handle of it, to be kept: in <see cref="Plugin.Install"/>, or when code is translated.</summary>
    /// <typeparam name="T">What the register holds: <see cref="ulong"/>, <see cref="long"/> or <see cref="double"/> for one of 8 bytes, <see cref="uint"/> for one of 4.</typeparam>
    /// <exception cref="ArgumentException">The guest has no such register, or it has another size.</exception>
    public Register<T> FindRegister<T>(string name)
        where T : unmanaged
    {
        var register = FindRegister(name);
        return register.Size == Unsafe.SizeOf<T>()
            ? new(register.Place)
            : throw new ArgumentException($"register '{name}' has {register.Size} bytes, a {typeof(T).Name} has {Unsafe.SizeOf<T>()}", nameof(name));
    }

    /// <summary>The registers of a vCPU in an event. A callback has those only that its signature declares.</summary>
    /// <exception cref="InvalidOperationException">A callback runs.</exception>
    public Registers RegistersOf(in VCpu vcpu) => vcpu.Access.IsInEvent
        ? new(vcpu.Access.State)
        : throw new InvalidOperationException("a callback reads registers only if it declares them: 'Registers registers' behind its vCPU");

    /// <summary>What the plugin is subscribed to now.</summary>
    public abstract PluginEvents Subscriptions { get; }

    /// <summary>
    /// Subscribes to events; what is subscribed already stays. A running vCPU takes notice at its next block, also in code that was translated long
    /// ago. Ignored once uninstalling has begun.
    /// </summary>
    /// <exception cref="ArgumentException">The plugin does not implement the interface of one of the events.</exception>
    /// <remarks>To be asked to translate code again costs every vCPU its translated code: subscribe rarely.</remarks>
    public abstract void Subscribe(PluginEvents events);

    /// <summary>
    /// Ends subscriptions; what is not subscribed stays so. Code that was translated with callbacks of this plugin is dropped when every vCPU
    /// has left it, so some callbacks may still come for a short time.
    /// </summary>
    public abstract void Unsubscribe(PluginEvents events);

    /// <summary>
    /// Makes a scoreboard: one zeroed <typeparamref name="T"/> for each vCPU. It lives until it is disposed or the plugin is uninstalled.
    /// </summary>
    /// <typeparam name="T">A struct without references. Each vCPU's entry has cache lines of its own.</typeparam>
    public Scoreboard<T> NewScoreboard<T>()
        where T : unmanaged
    {
        var board = new Scoreboard<T>();
        Register(board);
        return board;
    }

    /// <summary>Makes a list of counters, empty at first. It lives until the plugin is uninstalled.</summary>
    public CounterList NewCounters() => new(this);

    /// <summary>
    /// Makes a trace: a buffer for each vCPU, which translated code fills and the consumer gets. In <see cref="Plugin.Install"/>. It lives until the plugin is uninstalled.
    /// </summary>
    /// <typeparam name="TRecord">A partial struct with <see cref="TraceRecordAttribute"/>.</typeparam>
    /// <param name="capacity">How many records a vCPU's buffer has room for: more make fewer calls, some tens of kilobytes stay in the processor's cache.</param>
    /// <param name="consumer">
    /// Gets each full buffer, on the vCPU's thread, where it may take its time; calls for different vCPUs come at the same time. What it throws disables the plugin.
    /// </param>
    /// <exception cref="ArgumentException">The record has a field or a length that is not possible.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive, or comes to more than <see cref="TraceBuffer.MaxBytes"/>.</exception>
    /// <exception cref="InvalidOperationException">There are too many traces: all plugins together have at most 16.</exception>
    public TraceBuffer<TRecord> NewTraceBuffer<TRecord>(int capacity, TraceConsumer<TRecord> consumer)
        where TRecord : unmanaged, ITraceRecord
    {
        var buffer = new TraceBuffer<TRecord>(capacity, consumer);
        Register(buffer);
        return buffer;
    }

    /// <summary>
    /// The service that another plugin provides, in <see cref="Plugin.Install"/>; later too if it was asked for there. Its plugin is installed by that, and gets events and callbacks before
    /// this one. What an option leaves out need not be asked for, and then costs nothing.
    /// </summary>
    /// <typeparam name="TService">The interface; the plugin has <see cref="NeedsAttribute{TService}"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The plugin does not say that it needs the service, or asks for it first when it is installed already.</exception>
    /// <exception cref="PluginInstallException">The plugin that provides it refused.</exception>
    public TService Service<TService>()
        where TService : class => (TService)ServiceOf(typeof(TService));

    /// <summary>
    /// Removes the plugin: asynchronously, when no vCPU runs translated code and the code with its callbacks has been discarded. Events and callbacks
    /// may come until <paramref name="done"/> is called, none after it. Its exit event does not come.
    /// </summary>
    /// <param name="done">Called at the end, on any thread and with every vCPU stopped; it must not wait for one.</param>
    /// <exception cref="InvalidOperationException">Called from <see cref="Plugin.Install"/> (refuse with <see cref="PluginInstallException"/>), uninstalling has already begun, or another plugin needs a service of this one.</exception>
    public abstract void Uninstall(Action? done = null);

    /// <summary>
    /// Ends all subscriptions and discards all callbacks, asynchronously as <see cref="Uninstall"/>, but keeps the plugin, its options and its scoreboards.
    /// Afterwards it has no subscription; it may subscribe anew in <paramref name="done"/> or later.
    /// </summary>
    /// <param name="done">Called at the end, on any thread and with every vCPU stopped; it must not wait for one.</param>
    /// <exception cref="InvalidOperationException">Called from <see cref="Plugin.Install"/>, or uninstalling has begun.</exception>
    public abstract void Reset(Action? done = null);

    /// <summary>
    /// The files that the guest has mapped so far, the program first: a snapshot. They are looked for when this, a symbol or an address is asked for, so one that was mapped and
    /// unmapped in between is missing. Empty before the program is loaded.
    /// </summary>
    public abstract IReadOnlyList<Module> Modules { get; }

    /// <summary>The function or object that a guest address lies in, or null if none is known there. Reads the file's table at the first question about it.</summary>
    public abstract Symbol? SymbolAt(ulong address);

    /// <summary>
    /// Where in the source the instruction at a guest address comes from: the innermost function first, and behind it, if that was inlined, the call in the function that it was inlined into, and so
    /// on. Empty if that is not known: the program was compiled without <c>-g</c>, or its debugging information is in no place where GDB would find it, or broken. A file's debugging information
    /// (DWARF 2 to 5) is read at the first question about it, a unit's at the first about that.
    /// </summary>
    public abstract IReadOnlyList<SourceFrame> SourceAt(ulong address);

    /// <summary>All pieces of a module's code that have a source line, in no order: what could be covered. Reads all of its line tables.</summary>
    /// <param name="module">One of <see cref="Modules"/>.</param>
    public abstract IEnumerable<SourceRange> SourceRangesOf(Module module);

    /// <summary>All functions of a module that debug information knows code of, in no order. Those that were inlined everywhere have none. Reads all of the module's debug information.</summary>
    /// <param name="module">One of <see cref="Modules"/>.</param>
    public abstract IEnumerable<SourceFunction> SourceFunctionsOf(Module module);

    /// <summary>The function or object of that name, in the first of <see cref="Modules"/> that has one; null if none has.</summary>
    /// <param name="name">The name as the file has it, that is mangled.</param>
    public abstract Symbol? FindSymbol(string name);

    /// <summary>
    /// Ends the guest, from anywhere but <see cref="Plugin.Install"/>: as if it had made the system call that ends all of its threads, but only once they have left the code that they are
    /// in, so some callbacks may still come. Exit events and reports follow as at any end. Does nothing if the guest has ended already.
    /// </summary>
    /// <param name="exitCode">What the emulator exits with, 0 to 255.</param>
    /// <param name="message">Why, as one line for people; empty to say nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such exit code.</exception>
    /// <exception cref="InvalidOperationException">Called from <see cref="Plugin.Install"/>; refuse with <see cref="PluginInstallException"/>.</exception>
    public abstract void Stop(int exitCode, string message = "");

    /// <summary>
    /// Opens a file to write to while the guest runs; what an earlier run wrote in it is gone. In <see cref="Plugin.Install"/>, so that a file that cannot be written keeps the guest from
    /// starting. It is closed at the end.
    /// </summary>
    /// <param name="path">
    /// The file's name, in which <c>%p</c> stands for the number of the process: then a child that the guest forks has a file of its own, else parent and child write to the same. <c>-</c> is the
    /// engine's log.
    /// </param>
    /// <exception cref="PluginInstallException">The file cannot be written.</exception>
    public abstract PluginOutput OpenOutput(string path);

    /// <summary>Connects with a plugin of another emulator that does the same, at a socket in the file system. In <see cref="Plugin.Install"/>.</summary>
    /// <param name="path">Path of the socket: who comes first makes it, who comes second connects, and then it is gone.</param>
    /// <param name="patience">How long to wait for the other side, now and in each call; at least a second.</param>
    /// <exception cref="PluginInstallException">The other side did not come, or there can be no socket.</exception>
    public abstract IPluginPeer ConnectPeer(string path, TimeSpan patience);

    /// <summary>Takes control of a full machine's clock, which then stands at 0 and moves only when the plugin says. In <see cref="Plugin.Install"/>.</summary>
    /// <returns>False, with no control, if another plugin has it, and always for a single program, whose clocks are the host's.</returns>
    public abstract bool TryTakeTimeControl([NotNullWhen(true)] out TimeControl? control);

    /// <summary>Puts a device into a full machine, for as long as the plugin is installed. In <see cref="Plugin.Install"/>.</summary>
    /// <param name="name">Its name, as <see cref="PhysicalAddress.DeviceName"/> tells it.</param>
    /// <param name="address">Its first physical address.</param>
    /// <param name="size">How many bytes it takes up.</param>
    /// <param name="device">What answers.</param>
    /// <returns>False, with nothing added, if something is at one of the addresses, and always for a single program, which has no devices.</returns>
    public abstract bool TryAddDevice(string name, ulong address, ulong size, IDevice device);

    /// <summary>Writes a line to the engine's log, by default standard error. Lines of different threads do not mix.</summary>
    public abstract void Log(string line);

    internal abstract object ServiceOf(Type service);

    internal abstract void Register(Scoreboard board);

    internal abstract void Register(TraceBuffer buffer);
}
