using Emu.Engine;
using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Linux.Host;
using Emu.Linux.Loading;
using Emu.Linux.Symbols;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Linux.Process;

/// <summary>
/// A program of Linux in a machine of its own: loaded when this is made, perhaps watched by plugins, run to its end by the thread that calls <see cref="Run"/>. Used by one thread; several
/// programs of one host process may run at once on threads of their own, if none has <see cref="LinuxProcessOptions.OwnsHostProcess"/>.
/// </summary>
public sealed class LinuxProgram : IDisposable
{
    private VCpuContext? _main;

    /// <summary>Loads a program.</summary>
    /// <param name="options">The program, its arguments and environment.</param>
    /// <param name="guest">The architecture that it is for.</param>
    /// <param name="backend">Makes what runs its translated code, in the memory that it is given.</param>
    /// <param name="translation">How its code is translated, or null for the usual way.</param>
    /// <param name="codeBytes">Bytes for translated code, as <see cref="Engine.Machine(IGuest, IBackend, GuestMemory, long)"/> takes them.</param>
    /// <exception cref="ProgramLoadException">There is no such program, or it cannot be run; the message is a line that says so.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The host gives no memory for the guest.</exception>
    public LinuxProgram(
        LinuxProcessOptions options, IGuest guest, Func<GuestMemory, IBackend> backend, TranslationOptions? translation = null, long codeBytes = BlockCache.DefaultArenaSize)
    {
        Memory = new GuestMemory();
        Symbols = new ProcessSymbols(Memory, options.Sysroot);
        Machine = new Machine(guest, backend(Memory), Memory, codeBytes) { Translation = translation ?? new TranslationOptions() };
        try
        {
            Process = new LinuxProcess(options, guest, Memory);
        }
        catch (ProgramLoadException)
        {
            Machine.Dispose();
            Memory.Dispose();
            throw;
        }
    }

    /// <summary>The guest's memory.</summary>
    public GuestMemory Memory { get; }

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>The process.</summary>
    public LinuxProcess Process { get; }

    /// <summary>The symbols of what the program has mapped.</summary>
    public ProcessSymbols Symbols { get; }

    /// <summary>What plugins are told of the program.</summary>
    public GuestInfo Description => new()
    {
        TargetName = Machine.Guest.Name,
        VCpus = 1,
        ProgramPath = RawText.Decode(Process.Options.ProgramPath),
        StartCode = Process.Program.CodeStart,
        EndCode = Process.Program.CodeEnd,
        EntryCode = Process.Program.Entry,
    };

    /// <summary>
    /// Has plugins watch the program: what is returned installs them, and reports when the program has ended. Before that, and once. The backend must know the callbacks of the linked plugins:
    /// <c>TRegistry.BindCallbacks</c>, once in a process for each kind of backend.
    /// </summary>
    /// <param name="log">Takes what plugins log, and messages about them; called by one thread at a time.</param>
    /// <typeparam name="TRegistry">The linked plugins: <c>LinkedPlugins</c>.</typeparam>
    public PluginHost Watch<TRegistry>(Action<string> log)
        where TRegistry : struct, IPluginRegistry => Machine.Plugins = new PluginHost<TRegistry>(Machine, Description, log) { Symbols = Symbols };

    /// <summary>Puts the main thread where the program begins. Once, on the thread that then calls <see cref="Run"/>, which does so itself if it was not done.</summary>
    public void Start()
    {
        _main = Machine.AddVCpu();
        Process.StartMainThread(_main);
    }

    /// <summary>Runs the program to its end, which is when all its threads have ended; once.</summary>
    /// <returns>How it ended: its exit code, or the signal that killed it.</returns>
    public GuestExit Run()
    {
        if (_main is null)
            Start();
        new VCpuLoop(_main!, Process).Run();
        return Process.WaitForEnd();
    }

    /// <summary>Frees all that the program had. It has ended, or was never started.</summary>
    public void Dispose()
    {
        Process.Dispose();
        Machine.Dispose();
        Memory.Dispose();
    }
}
