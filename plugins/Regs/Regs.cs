using System.Globalization;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Tells which values registers had at chosen places, such as the arguments of a function, and how often.</summary>
[EmuPlugin("regs", "Tells which values registers had at chosen places")]
public sealed partial class Regs : Plugin, IOnTranslate, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Execution;

    public static string Example => "-p regs,at=main,reg=a0 PROGRAM";

    private readonly List<Watched> _watched = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<ulong, string> _addresses = [];
    private readonly Lock _gate = new();
    private Register[] _registers = [];

    [Option("at", "A function's name, or an address in hexadecimal with 0x: look before the instruction there is executed", IsRequired = true)]
    public string[] At { get; init; } = [];

    [Option("reg", "A register to look at, by the name that debuggers use; a0 without it")]
    public string[] Names { get; init; } = [];

    [Option("limit", "How many values of each register to list, the most frequent")]
    public uint Limit { get; init; } = 10;

    public override void Install(in GuestInfo guest)
    {
        foreach (var place in At)
        {
            if (!place.StartsWith("0x", StringComparison.Ordinal))
                _names.Add(place);
            else if (ulong.TryParse(place.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address))
                _addresses[address] = place;
            else
                throw new PluginInstallException($"option 'at' does not take '{place}'; allowed: the name of a function, or an address such as 0x101e6");
        }

        _registers = Array.ConvertAll(Names.Length == 0 ? ["a0"] : Names, Find);
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
            if (PlaceOf(insn) is { } place)
                insn.OnExecute<Callbacks.Reached>(NumberOf(place, insn.Address));
    }

    [ExecCallback]
    private void Reached(in VCpu vcpu, Registers registers, nint number)
    {
        Watched watched;
        lock (_gate)
            watched = _watched[(int)number];
        // A place that several threads come to at once is one count for all of them: who is there first matters to nobody.
        lock (watched)
            for (var i = 0; i < _registers.Length; i++)
                watched.Values[i].Count(registers.Read(_registers[i]));
    }

    public void OnReport(ReportWriter report)
    {
        foreach (var watched in _watched)
            for (var i = 0; i < _registers.Length; i++)
                Report(watched.Place, _registers[i].Name, watched.Values[i], report);
        foreach (var place in At)
            if (!_watched.Exists(watched => watched.Place == place))
                report.Row("missed", $"{place}: never executed");
    }

    private void Report(string place, string register, ValueCounts values, ReportWriter report)
    {
        if (values.Total == 0)
            return;
        var (total, different) = (values.Total, values.Different);
        var moreThan = values.IsFull ? "more than " : "";
        report.Row("registers", $"{place} {register}: {total} times, {moreThan}{different} values, 0x{values.Lowest:x} to 0x{values.Highest:x}");
        foreach (var (value, hits) in values.MostFrequent((int)Math.Min(Limit, int.MaxValue)))
        {
            var percent = 100.0 * hits / total;
            report.Row("values", $"  {hits,10} {percent,6:f2} %  {place} {register} = 0x{value:x}");
        }
    }

    private Register Find(string name)
    {
        try
        {
            return Host.FindRegister(name) is { Size: <= sizeof(ulong) } register ? register : throw new PluginInstallException($"register '{name}' is longer than 8 bytes");
        }
        catch (ArgumentException)
        {
            throw new PluginInstallException($"option 'reg' does not take '{name}'; allowed: {string.Join(", ", Host.Registers.AsValueEnumerable().Select(static register => register.Name).ToArray())}");
        }
    }

    /// <summary>The place, as it was given, that an instruction is; null if it is none.</summary>
    private string? PlaceOf(Instruction insn)
    {
        if (_addresses.TryGetValue(insn.Address, out var place))
            return place;
        return insn.Symbol is { } name && _names.Contains(name) && Host.SymbolAt(insn.Address)?.Address == insn.Address ? name : null;
    }

    // Several vCPUs may translate at once, and each place more than once.
    private int NumberOf(string place, ulong address)
    {
        lock (_gate)
        {
            var number = _watched.FindIndex(watched => watched.Place == place && watched.Address == address);
            if (number >= 0)
                return number;
            _watched.Add(new Watched(place, address, Array.ConvertAll(_registers, static _ => new ValueCounts())));
            return _watched.Count - 1;
        }
    }

    private sealed record Watched(string Place, ulong Address, ValueCounts[] Values);
}
