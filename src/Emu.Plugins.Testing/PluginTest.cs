using Emu.Engine.Instrumentation.CommandLine;
using Emu.Guest.RiscV;
using Emu.Plugins.Hosting;
using Emu.Replay;

namespace Emu.Plugins.Testing;

/// <summary>
/// Tests plugins without a guest: a recording drives them as a running program would, in the real plugin host. Tests may run at once: each call has a host of its own, and calls plugins on the
/// thread that makes it.
/// </summary>
/// <typeparam name="TRegistry">
/// The plugins that the test project is linked with: <c>LinkedPlugins</c>, which the generator writes in a project with <c>EmuPluginRegistry</c>.
/// </typeparam>
public static class PluginTest<TRegistry>
    where TRegistry : struct, IPluginRegistry
{
    /// <summary>Has plugins watch a recording to its end.</summary>
    /// <param name="recording">What the program did.</param>
    /// <param name="plugins">Each as behind <c>-p</c>: <c>NAME[,option=value…]</c>.</param>
    /// <exception cref="PluginTestException">A plugin has thrown.</exception>
    /// <exception cref="PluginOptionException">There is no such plugin or option, or a value is bad.</exception>
    /// <exception cref="PluginInstallException">A plugin refuses, or does what no recording allows.</exception>
    /// <exception cref="RecordingException">The recording makes no sense; the message names the line.</exception>
    public static PluginTestResult Run(Recording recording, params IEnumerable<string> plugins) => Run(recording, PluginSelection.Parse(TRegistry.Plugins, plugins).Plugins);

    /// <summary>Has a plugin that the test has made watch a recording to its end: it can be asked for what it holds afterwards.</summary>
    /// <typeparam name="TPlugin">Its class.</typeparam>
    /// <param name="recording">What the program did.</param>
    /// <param name="plugin">The plugin, whose properties are set; it is used once.</param>
    /// <param name="scope">Options that every plugin has, such as <c>symbol=main</c>.</param>
    /// <inheritdoc cref="Run(Recording, IEnumerable{string})" path="/exception"/>
    public static PluginTestResult RunWith<TPlugin>(Recording recording, TPlugin plugin, params IEnumerable<string> scope)
        where TPlugin : Plugin, IPluginClass
    {
        var known = PluginClass.DescriptorOf<TPlugin>();
        string[] words = [known.Name, .. scope];
        var chosen = PluginSelection.Parse([known], [string.Join(',', words)]).Plugins[0];
        return Run(recording, [new ChosenPlugin(PluginClass.DescriptorOf(plugin), chosen.Options)]);
    }

    private static PluginTestResult Run(Recording recording, IReadOnlyList<ChosenPlugin> plugins)
    {
        var (log, files) = (new List<string>(), new Dictionary<string, CapturedFile>());
        using var run = new ReplayRun<TRegistry>(recording, new ReplayOptions { Guest = GuestNamed, Log = log.Add, OpenFile = (_, name) => files[name] = new CapturedFile() });
        foreach (var (plugin, options) in plugins)
            run.Install(plugin, options);
        var exitCode = run.Play();
        var report = new CollectingReportWriter();
        run.Plugins.Exit(report);
        return run.Plugins.Failures is [var failure, ..]
            ? throw new PluginTestException($"plugin '{failure.Plugin}' failed: {failure.Reason}")
            : new PluginTestResult(report.Collected.Plugins, log, files, exitCode);
    }

    private static RiscVGuest? GuestNamed(string name) => new RiscVGuest(CpuModel.Max) is var guest && guest.Name == name ? guest : null;
}
