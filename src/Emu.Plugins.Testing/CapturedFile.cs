using Emu.Engine.Instrumentation.Outputs;

namespace Emu.Plugins.Testing;

/// <summary>A file that a plugin writes in a test: kept in memory.</summary>
internal sealed class CapturedFile : IOutputFile
{
    private readonly MemoryStream _bytes = new();

    /// <summary>What was written.</summary>
    public byte[] Content => _bytes.ToArray();

    public void Write(ReadOnlySpan<byte> records) => _bytes.Write(records);

    public void Restart() => _bytes.SetLength(0);
}
