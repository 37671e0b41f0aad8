namespace StandardPlugins;

/// <summary>Lines that came from memory, and stores and lines that went there. Thread-safe: it is the one thing that all cores have in common.</summary>
internal sealed class MemoryTraffic
{
    private ulong _reads;
    private ulong _writes;

    public ulong Reads => Interlocked.Read(ref _reads);

    public ulong Writes => Interlocked.Read(ref _writes);

    public void CountRead() => Interlocked.Increment(ref _reads);

    public void CountWrite() => Interlocked.Increment(ref _writes);
}
