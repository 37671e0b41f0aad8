using Emu.Plugins;

namespace Emu.Engine.Instrumentation.Outputs;

/// <summary>A plugin's output with a buffer for each vCPU, that only the vCPU's thread touches while it runs.</summary>
internal sealed class BufferedOutput(IOutputFile file) : PluginOutput
{
    private const int Room = 64 * 1024;

    private readonly Lock _gate = new();
    private volatile Buffer?[] _buffers = [];

    /// <inheritdoc/>
    public override void Write(in VCpu vcpu, ReadOnlySpan<byte> record)
    {
        var buffers = _buffers;
        var buffer = (vcpu.Index < buffers.Length ? buffers[vcpu.Index] : null) ?? Add(vcpu.Index);
        if (record.Length > Room - buffer.Length)
            Send(buffer);
        if (record.Length > Room)
        {
            Write(record);
            return;
        }

        record.CopyTo(buffer.Bytes.AsSpan(buffer.Length));
        buffer.Length += record.Length;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> record)
    {
        lock (_gate)
            file.Write(record);
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        lock (_gate)
            file.Restart();
    }

    /// <summary>Writes what is buffered. While no vCPU is in a callback or event.</summary>
    public void Flush()
    {
        foreach (var buffer in _buffers)
            if (buffer is not null)
                Send(buffer);
    }

    /// <summary>Writes what one vCPU has buffered, on its thread.</summary>
    public void Flush(int vcpu)
    {
        var buffers = _buffers;
        if (vcpu < buffers.Length && buffers[vcpu] is { } buffer)
            Send(buffer);
    }

    private void Send(Buffer buffer)
    {
        if (buffer.Length > 0)
            Write(buffer.Bytes.AsSpan(0, buffer.Length));
        buffer.Length = 0;
    }

    private Buffer Add(int vcpu)
    {
        lock (_gate)
        {
            var buffers = _buffers;
            if (vcpu >= buffers.Length)
                Array.Resize(ref buffers, vcpu + 1);
            var buffer = buffers[vcpu] = new Buffer();
            _buffers = buffers;
            return buffer;
        }
    }

    private sealed class Buffer
    {
        public readonly byte[] Bytes = new byte[Room];
        public int Length;
    }
}
