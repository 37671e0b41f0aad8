using System.Runtime.InteropServices;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;

namespace Emu.Linux.Abi;

/// <summary><c>struct riscv_hwprobe</c> (arch/riscv/include/uapi/asm/hwprobe.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HardwareProbe
{
    public long Key;
    public ulong Value;

    private const ulong BaseIma = 1;
    private const ulong MisalignedFast = 3;
    private const ulong VectorsUnsupported = 4;
    private const ulong CacheBlockSize = 64;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Fills the value in by key; an unknown key becomes -1.</summary>
    public void Answer(IReadOnlyList<GuestExtension> extensions)
    {
        Value = Key switch
        {
            0 or 1 or 2 => 0, // vendor, architecture, implementation: not a known one
            3 => Has(extensions, "m") && Has(extensions, "a") ? BaseIma : 0,
            4 => BitsOf(extensions),
            5 or 9 => MisalignedFast,
            6 => Has(extensions, "zicboz") ? CacheBlockSize : 0,
            7 => GuestMemory.Size - 1, // highest virtual address of user space
            8 => NanosecondsPerSecond, // of the time register
            10 => VectorsUnsupported,
            11 or 13 or 14 => 0, // vendors' extensions
            12 => Has(extensions, "zicbom") ? CacheBlockSize : 0,
            15 => Has(extensions, "zicbop") ? CacheBlockSize : 0,
            _ => Unknown(),
        };
    }

    private static bool Has(IReadOnlyList<GuestExtension> extensions, string name)
    {
        foreach (var extension in extensions)
            if (extension.Name == name)
                return true;
        return false;
    }

    private static ulong BitsOf(IReadOnlyList<GuestExtension> extensions)
    {
        var bits = 0UL;
        foreach (var extension in extensions)
            bits |= extension.ProbeBits;
        return bits;
    }

    private ulong Unknown()
    {
        Key = -1;
        return 0;
    }
}
