using System.Globalization;
using System.Text;
using Emu.Engine.Memory;
using Emu.Linux.Host;

namespace Emu.Linux.Proc;

/// <summary>
/// How much host memory the guest's mappings take: the host's <c>smaps</c>, of which each entry inside the guest's space is counted for the guest mapping that it begins in. Where the
/// host has joined neighbours, the first of them has the sum.
/// </summary>
internal sealed class MemoryUse
{
    /// <summary>The fields in KB, in the kernel's order (fs/proc/task_mmu.c).</summary>
    private readonly List<string> _names = [];
    private readonly Dictionary<(ulong Start, string Name), ulong> _values = [];
    private readonly IReadOnlyList<Mapping> _mappings;

    private MemoryUse(IReadOnlyList<Mapping> mappings) => _mappings = mappings;

    /// <summary>The names of the fields.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The use of now.</summary>
    public static unsafe MemoryUse Of(GuestMemory memory)
    {
        var use = new MemoryUse(memory.Mappings);
        if (HostFiles.TryReadWhole("/proc/self/smaps", out var text))
            use.Read(text, (ulong)memory.Base);
        return use;
    }

    /// <summary>KB of a field in the mapping that begins there.</summary>
    public ulong this[in Mapping mapping, string name] => _values.GetValueOrDefault((mapping.Start, name));

    /// <summary>KB of a field in all mappings.</summary>
    public ulong Sum(string name)
    {
        var sum = 0UL;
        foreach (var mapping in _mappings)
            sum += this[mapping, name];
        return sum;
    }

    private void Read(ReadOnlySpan<byte> text, ulong origin)
    {
        var current = ulong.MaxValue;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            var colon = line.IndexOf((byte)':');
            var space = line.IndexOf((byte)' ');
            if (colon > 0 && colon < space)
                Count(current, Encoding.ASCII.GetString(line[..colon]), line[(colon + 1)..]);
            else if (space > 0)
                current = StartOf(line[..space], origin);
        }
    }

    private void Count(ulong mapping, string name, ReadOnlySpan<byte> value)
    {
        value = value.Trim((byte)' ');
        if (!value.EndsWith(" kB"u8) || name is "Size" or "KernelPageSize" or "MMUPageSize")
            return;
        if (!_names.Contains(name))
            _names.Add(name);
        if (mapping != ulong.MaxValue)
            _values[(mapping, name)] = _values.GetValueOrDefault((mapping, name)) + ulong.Parse(value[..^3], CultureInfo.InvariantCulture);
    }

    /// <summary>The start of the guest mapping that a host entry <c>start-end</c> begins in; all ones if it is none of the guest's.</summary>
    private ulong StartOf(ReadOnlySpan<byte> range, ulong origin)
    {
        var dash = range.IndexOf((byte)'-');
        if (dash < 0 || !ulong.TryParse(range[..dash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var host)
            || !ulong.TryParse(range[(dash + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end))
            return ulong.MaxValue;
        foreach (var mapping in _mappings)
            if (mapping.End > host - origin && host >= origin && mapping.Start < end - origin)
                return mapping.Start;
        return ulong.MaxValue;
    }
}
