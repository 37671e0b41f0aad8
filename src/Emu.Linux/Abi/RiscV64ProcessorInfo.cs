using System.Globalization;
using System.Text;
using Emu.Engine.Contracts;

namespace Emu.Linux.Abi;

/// <summary><c>/proc/cpuinfo</c> of riscv64 (arch/riscv/kernel/cpu.c), for harts of no known vendor.</summary>
internal static class RiscV64ProcessorInfo
{
    public static string Of(IReadOnlyList<GuestExtension> extensions, int processors)
    {
        var isa = Isa(extensions);
        var text = new StringBuilder();
        for (var hart = 0; hart < processors; hart++)
            text.Append(CultureInfo.InvariantCulture, $"processor\t: {hart}\nhart\t\t: {hart}\nisa\t\t: {isa}\nmmu\t\t: sv39\n")
                .Append("mvendorid\t: 0x0\nmarchid\t\t: 0x0\nmimpid\t\t: 0x0\n")
                .Append(CultureInfo.InvariantCulture, $"hart isa\t: {isa}\n\n");
        return text.ToString();
    }

    /// <summary>Letters stand together; before each longer name, an underscore.</summary>
    private static string Isa(IReadOnlyList<GuestExtension> extensions)
    {
        var text = new StringBuilder("rv64");
        foreach (var extension in extensions)
            text.Append(extension.Name.Length == 1 ? "" : "_").Append(extension.Name);
        return text.ToString();
    }
}
