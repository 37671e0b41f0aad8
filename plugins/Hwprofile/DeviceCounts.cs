namespace StandardPlugins;

/// <summary>How often a device, an address or an instruction of one was read and written, and by which vCPUs: a bit for each of the first 64.</summary>
internal sealed class DeviceCounts
{
    public ulong Reads { get; private set; }

    public ulong Writes { get; private set; }

    public ulong ReadingCpus { get; private set; }

    public ulong WritingCpus { get; private set; }

    public void Add(int vcpu, bool isStore)
    {
        var bit = vcpu < 64 ? 1UL << vcpu : 0;
        if (isStore)
            (Writes, WritingCpus) = (Writes + 1, WritingCpus | bit);
        else
            (Reads, ReadingCpus) = (Reads + 1, ReadingCpus | bit);
    }
}
