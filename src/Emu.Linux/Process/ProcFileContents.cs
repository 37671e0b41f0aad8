using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Emu.Engine.Memory;
using Emu.Linux.Host;
using ZLinq;

namespace Emu.Linux.Process;

/// <summary>The contents of the files of <c>/proc</c> that are about the guest (proc(5)).</summary>
internal static class ProcFileContents
{
    public static byte[] Of(LinuxProcess process, ProcFile file) => file switch
    {
        ProcFile.CommandLine => Join(process.Options.Arguments),
        ProcFile.Environment => Join(process.Options.Environment),
        ProcFile.AuxiliaryVector => MemoryMarshal.AsBytes<ulong>(process.AuxiliaryVector.AsValueEnumerable().ToArray()).ToArray(),
        ProcFile.Maps => RawText.Encode(Maps(process.Memory.Mappings)),
        ProcFile.Processors => RawText.Encode(process.Guest.ProcessorInfo(System.Environment.ProcessorCount)),
        _ => throw new ArgumentOutOfRangeException(nameof(file), file, "not a file with contents of its own"),
    };

    private static byte[] Join(IReadOnlyList<byte[]> texts)
    {
        var bytes = new List<byte>();
        foreach (var text in texts)
        {
            bytes.AddRange(text);
            bytes.Add(0);
        }

        return [.. bytes];
    }

    private static string Maps(IReadOnlyList<Mapping> mappings)
    {
        const int NameColumn = 73;
        var text = new StringBuilder();
        foreach (var item in mappings)
        {
            var device = item.File?.Device ?? 0;
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{item.Start:x8}-{item.End:x8} {Rights(item)} {item.Offset:x8} {(device >> 8) & 0xfff:x2}:{(device & 0xff) | ((device >> 12) & 0xfff00):x2} {item.File?.Inode ?? 0} ");
            var name = item.File?.Name ?? item.Label;
            text.Append(name.Length > 0 ? line.PadRight(NameColumn) + name : line).Append('\n');
        }

        return text.ToString();
    }

    private static string Rights(in Mapping item) => string.Concat(
        (item.Permissions & PagePermissions.Read) != 0 ? "r" : "-",
        (item.Permissions & PagePermissions.Write) != 0 ? "w" : "-",
        (item.Permissions & PagePermissions.Execute) != 0 ? "x" : "-",
        item.IsShared ? "s" : "p");
}
