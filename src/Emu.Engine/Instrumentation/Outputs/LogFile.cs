using System.Text;

namespace Emu.Engine.Instrumentation.Outputs;

/// <summary>The log as the place of a plugin's output: lines that end where a record ends.</summary>
internal sealed class LogFile(PluginHost host) : IOutputFile
{
    /// <inheritdoc/>
    public void Restart()
    {
        // Others write there, too.
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> records) => host.Log(Encoding.UTF8.GetString(records is [.. var lines, (byte)'\n'] ? lines : records));
}
