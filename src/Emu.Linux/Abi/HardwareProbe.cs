using System.Runtime.InteropServices;
using Emu.Engine.Memory;

namespace Emu.Linux.Abi;

/// <summary><c>struct riscv_hwprobe</c> (arch/riscv/include/uapi/asm/hwprobe.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HardwareProbe
{
    public long Key;
    public ulong Value;

    private const ulong BaseIma = 1;
    private const ulong FloatAndDouble = 1;
    private const ulong Compressed = 2;
    private const ulong MisalignedFast = 3;

    /// <summary>Fills the value in by key; an unknown key becomes -1.</summary>
    public void Answer()
    {
        Value = Key switch
        {
            0 or 1 or 2 => 0, // vendor, architecture, implementation: not a known one
            3 => BaseIma,
            4 => FloatAndDouble | Compressed,
            5 => MisalignedFast,
            6 => 0, // no Zicboz
            7 => GuestMemory.Size - 1, // highest virtual address of user space
            _ => Unknown(),
        };
    }

    private ulong Unknown()
    {
        Key = -1;
        return 0;
    }
}
