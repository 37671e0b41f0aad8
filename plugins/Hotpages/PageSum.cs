namespace StandardPlugins;

/// <summary>What all vCPUs did in a page. Bit N of <see cref="Readers"/> is vCPU N, bit 63 all from that on.</summary>
internal sealed class PageSum(ulong number)
{
    public ulong Number { get; } = number;

    public ulong Reads { get; set; }

    public ulong Writes { get; set; }

    public ulong Readers { get; set; }

    public ulong Writers { get; set; }
}
