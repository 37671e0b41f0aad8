using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Outputs;
using Emu.Plugins;

namespace Emu.Engine.Instrumentation;

// What plugins write while the guest runs.
public abstract partial class PluginHost
{
    private const string LogName = "-";

    private volatile BufferedOutput[] _outputs = [];
    private volatile BufferedOutput[] _loggedOutputs = [];

    /// <summary>
    /// Opens a file for a plugin, by its name and the file's; throws <see cref="PluginInstallException"/> if it cannot be written. Set before the first plugin is installed.
    /// </summary>
    public Func<string, string, IOutputFile> OpenFile { get; init; } = static (_, _) => throw new PluginInstallException("no files can be written here");

    /// <summary>Connects a plugin with one of another emulator; throws <see cref="PluginInstallException"/> if that does not come. Set before the first plugin is installed.</summary>
    public Func<string, TimeSpan, IPluginPeer> ConnectPeer { get; init; } = static (_, _) => throw new PluginInstallException("no other emulator can be met here");

    /// <summary>Hands over what traces hold and writes what plugins' outputs have buffered. No vCPU is in a callback or event: before the host process is copied or replaced, and at the end.</summary>
    public void FlushOutputs()
    {
        HandOverTraces();
        foreach (var output in _outputs)
            output.Flush();
    }

    internal PluginOutput Open(PluginInstance plugin, string path)
    {
        var output = new BufferedOutput(path == LogName ? new LogFile(this) : OpenFile(plugin.Name, path));
        lock (_gate)
        {
            _outputs = [.. _outputs, output];
            if (path == LogName)
                _loggedOutputs = [.. _loggedOutputs, output];
        }

        return output;
    }

    private void FlushLoggedOutputs()
    {
        foreach (var output in _loggedOutputs)
            if (VCpuContext.Current is { } vcpu)
                output.Flush(vcpu.Index);
    }
}
