using System.Globalization;
using System.Text;

namespace Emu.Linux.Abi;

/// <summary><c>/proc/cpuinfo</c> of riscv64 (arch/riscv/kernel/cpu.c), for harts of no known vendor.</summary>
internal static class RiscV64ProcessorInfo
{
    private const string Isa = "rv64imafdc_zicntr_zicsr_zifencei_zihintpause";

    public static string Of(int processors)
    {
        var text = new StringBuilder();
        for (var hart = 0; hart < processors; hart++)
            text.Append(CultureInfo.InvariantCulture, $"processor\t: {hart}\nhart\t\t: {hart}\nisa\t\t: {Isa}\nmmu\t\t: sv39\n")
                .Append("mvendorid\t: 0x0\nmarchid\t\t: 0x0\nmimpid\t\t: 0x0\n")
                .Append(CultureInfo.InvariantCulture, $"hart isa\t: {Isa}\n\n");
        return text.ToString();
    }
}
