using System.Globalization;
using System.Text;
using Emu.Engine.Memory;

namespace Emu.Linux.Proc;

/// <summary><c>maps</c>, <c>smaps</c> and <c>smaps_rollup</c> of the guest.</summary>
internal static class MapsText
{
    public static string Of(IReadOnlyList<Mapping> mappings)
    {
        var text = new StringBuilder();
        foreach (var item in mappings)
            Append(text, item);
        return text.ToString();
    }

    public static string Detailed(GuestMemory memory)
    {
        var (text, use) = (new StringBuilder(), MemoryUse.Of(memory));
        foreach (var item in memory.Mappings)
        {
            Append(text, item);
            Field(text, "Size", item.Length >> 10);
            Field(text, "KernelPageSize", GuestMemory.PageSize >> 10);
            Field(text, "MMUPageSize", GuestMemory.PageSize >> 10);
            foreach (var name in use.Names)
                Field(text, name, use[item, name]);
            text.Append("THPeligible:           0\nVmFlags: ").Append(Flags(item)).Append('\n');
        }

        return text.ToString();
    }

    public static string Sum(GuestMemory memory)
    {
        var (text, use) = (new StringBuilder(), MemoryUse.Of(memory));
        var mappings = memory.Mappings;
        var (start, end) = mappings.Count > 0 ? (mappings[0].Start, mappings[^1].End) : (0, 0);
        text.Append(string.Create(CultureInfo.InvariantCulture, $"{start:x8}-{end:x8} ---p 00000000 00:00 0 ").PadRight(NameColumn)).Append("[rollup]\n");
        foreach (var name in use.Names)
            Field(text, name, use.Sum(name));
        return text.ToString();
    }

    private const int NameColumn = 73;

    private static void Append(StringBuilder text, in Mapping item)
    {
        var device = item.File?.Device ?? 0;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{item.Start:x8}-{item.End:x8} {Rights(item)} {item.Offset:x8} {(device >> 8) & 0xfff:x2}:{(device & 0xff) | ((device >> 12) & 0xfff00):x2} {item.File?.Inode ?? 0} ");
        var name = item.File?.Name ?? item.Label;
        text.Append(name.Length > 0 ? line.PadRight(NameColumn) + name : line).Append('\n');
    }

    private static void Field(StringBuilder text, string name, ulong kilobytes) =>
        text.Append(CultureInfo.InvariantCulture, $"{name + ":",-15} {kilobytes,8} kB\n");

    private static string Rights(in Mapping item) => string.Concat(
        Has(item, PagePermissions.Read) ? "r" : "-", Has(item, PagePermissions.Write) ? "w" : "-", Has(item, PagePermissions.Execute) ? "x" : "-",
        item.IsShared ? "s" : "p");

    /// <summary>The two-letter codes of VmFlags: what may be done, what may be permitted, and how it grows.</summary>
    private static string Flags(in Mapping item) => string.Concat(
        (Has(item, PagePermissions.Read) ? "rd " : "") + (Has(item, PagePermissions.Write) ? "wr " : "") + (Has(item, PagePermissions.Execute) ? "ex " : ""),
        item.IsShared ? "sh " : "",
        "mr mw me ",
        item.IsShared ? "ms " : item.GrowsDown ? "gd " : "");

    private static bool Has(in Mapping item, PagePermissions right) => (item.Permissions & right) != 0;
}
