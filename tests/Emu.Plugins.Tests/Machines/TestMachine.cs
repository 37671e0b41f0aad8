using Emu.Backend.Threaded;
using Emu.Backend.X64;
using Emu.Engine;
using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Plugins.Hosting;

namespace Emu.Plugins.Tests.Machines;

/// <summary>A RISC-V machine with plugins and a program that a test assembles.</summary>
internal sealed class TestMachine : IDisposable
{
    /// <summary>Where the program begins.</summary>
    public const ulong Code = 0x10000;

    /// <summary>Zeroed memory for the program's data.</summary>
    public const ulong Data = 0x40000;

    private const ulong CodeSize = 0x10000;
    private const ulong DataSize = 0x10000;

    private readonly List<string> _log = [];

    static TestMachine()
    {
        var binder = default(ThreadedCallbacks);
        LinkedPlugins.BindCallbacks(ref binder);
        var unmanaged = default(X64Callbacks);
        LinkedPlugins.BindCallbacks(ref unmanaged);
    }

    public TestMachine(Action<Assembler>? program = null, TranslationOptions? options = null, Func<RiscVGuest, GuestMemory, IBackend>? backend = null, long codeBytes = BlockCache.DefaultArenaSize)
    {
        Memory = new GuestMemory();
        Memory.MapAnonymous(Code, CodeSize, PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute);
        Memory.MapAnonymous(Data, DataSize, PagePermissions.Read | PagePermissions.Write);
        var guest = new RiscVGuest();
        Machine = new Machine(guest, backend?.Invoke(guest, Memory) ?? new ThreadedBackend(guest.StateSize), Memory, codeBytes) { Translation = options ?? new() { Verify = true } };
        Plugins = new PluginHost<LinkedPlugins>(Machine, new GuestInfo { ProgramPath = "/program", VCpus = 1, StartCode = Code, EndCode = Code + 4096, EntryCode = Code }, Note);
        Machine.Plugins = Plugins;
        if (program is not null)
            Load(program);
    }

    public GuestMemory Memory { get; }

    public Machine Machine { get; }

    public PluginHost<LinkedPlugins> Plugins { get; }

    public TestSystem System { get; } = new();

    /// <summary>Whether plugins that the test made may change the guest.</summary>
    public bool MayChange { get; init; }

    /// <summary>Called with a vCPU that has ended, before it is gone.</summary>
    public Action<VCpuContext>? Ending { get; set; }

    /// <summary>What plugins and the host logged.</summary>
    public IReadOnlyList<string> Log => _log;

    /// <summary>Assembles a program; it ends with the exit call that is put behind it.</summary>
    public void Load(Action<Assembler> program)
    {
        var code = new Assembler();
        program(code);
        code.Addi(XRegister.A7, XRegister.Zero, TestSystem.ExitCall);
        code.Ecall();
        if (!Memory.TryWrite(Code, code.ToArray()))
            throw new InvalidOperationException("the program is too long");
    }

    /// <summary>Installs a plugin that the test made.</summary>
    public T Install<T>(T plugin)
        where T : Plugin, IPluginClass
    {
        Instance(plugin);
        return plugin;
    }

    /// <summary>Installs a plugin that the test made and returns how the engine sees it.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="scope">Which instructions it is shown, as options of that name and value.</param>
    public PluginInstance Instance<T>(T plugin, params (string Name, string Value)[] scope)
        where T : Plugin, IPluginClass
    {
        var known = PluginClass.DescriptorOf<T>();
        var descriptor = new PluginDescriptor { Name = known.Name, Summary = known.Summary, Events = known.Events, Options = known.Options, Provides = known.Provides, Needs = known.Needs, Create = _ => plugin };
        var options = new OptionValues(known.Name) { AllowsWrite = MayChange };
        foreach (var (name, value) in scope)
            options.Add(name, value);
        return Plugins.Install(descriptor, options);
    }

    /// <summary>Installs a linked plugin as <c>-p</c> does.</summary>
    public void InstallNamed(string text)
    {
        foreach (var (descriptor, options) in Emu.Engine.Instrumentation.CommandLine.PluginSelection.Parse(LinkedPlugins.Plugins, [text]).Plugins)
            Plugins.Install(descriptor, options);
    }

    /// <summary>Runs the program on a new vCPU on the calling thread until it ends.</summary>
    public void Run(Action<VCpuContext>? prepare = null)
    {
        var vcpu = Machine.AddVCpu();
        vcpu.Pc = Code;
        vcpu.Register(RiscVState.OffsetOf(XRegister.S0)) = Data;
        prepare?.Invoke(vcpu);
        new VCpuLoop(vcpu, System).Run();
        Ending?.Invoke(vcpu);
        Machine.RemoveVCpu(vcpu);
    }

    /// <summary>Runs the program on a new vCPU on a thread of its own. The task ends with the vCPU.</summary>
    public Task Start(Action<VCpuContext>? prepare = null) =>
        Task.Factory.StartNew(() => Run(prepare), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Ends the guest and returns the report as text.</summary>
    public string Exit()
    {
        using var text = new StringWriter();
        Plugins.Exit(new TextReportWriter(text));
        return text.ToString();
    }

    public void Dispose()
    {
        Machine.Dispose();
        (Machine.Backend as IDisposable)?.Dispose();
        Memory.Dispose();
    }

    private void Note(string line)
    {
        lock (_log)
            _log.Add(line);
    }
}
